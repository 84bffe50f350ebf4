using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts;

/// <summary>
/// What goes back to the host, one message at a time: answers first, then credits and results in turn, so that neither
/// holds up the other. Which message comes next is decided two edges before it begins, and a result leaves the engine only
/// then: the engine gets its ready from a register, and no path of a message is longer than a choice.
/// </summary>
internal static class HostSender
{
    public static Module Module(int beatBytes, int beatDepth, uint identity)
    {
        var m = new ModuleBuilder("host_sender");
        var rst = m.Input("rst");
        var describe = m.Input("describe");
        var identify = m.Input("identify");
        var status = m.Input("status");
        var errors = m.Input("errors", 3);
        var commandLeft = m.Input("command_left");
        var beatLeft = m.Input("beat_left");
        var resultValid = m.Input("result_valid");
        var result = m.Input("result", 32);
        var ready = m.Input("ready");

        var valid = m.Register("valid_q", 1);
        var bodyBytes = m.Register("body_bytes", 4);
        var inBody = bodyBytes[0, 1];
        var decided = m.Register("decided", 1);
        var headed = m.Register("headed", decided, reset: rst);
        var decides = m.Wire("decides", ~(valid | inBody | decided | headed));

        var describing = m.Register("describing", 1);
        var identifying = m.Register("identifying", 1);
        var reporting = m.Register("reporting", 1);
        var answers = m.Wire("answers", describing | identifying | reporting);
        var describes = Decision("describes", describing);
        var identifies = Decision("identifies", identifying & ~describing);
        var reports = Decision("reports", reporting & ~describing & ~identifying);
        m.Drive(describing, describe, describe | describes, rst);
        m.Drive(identifying, identify, identify | identifies, rst);
        m.Drive(reporting, status, status | reports, rst);

        var afterCredit = m.Register("after_credit", 1);
        var commands = m.Register("commands", 6);
        var beats = m.Register("beats", 6);
        var anyCommand = m.Wire("any_command", Expression.ReduceOr(commands));
        var anyBeat = m.Wire("any_beat", Expression.ReduceOr(beats));
        var resultTurn = m.Wire("result_turn", ~answers & resultValid & (afterCredit | ~(anyCommand | anyBeat)));
        var takes = Decision("takes", resultTurn);
        var commandCredit = Decision("command_credit", ~answers & ~resultTurn & anyCommand);
        var beatCredit = Decision("beat_credit", ~answers & ~resultTurn & anyBeat & ~anyCommand);
        m.Drive(decided, decides & (answers | resultTurn | anyCommand | anyBeat), reset: rst);
        m.Drive(afterCredit, ~takes, takes | commandCredit | beatCredit, rst);
        Count(commands, commandLeft, commandCredit);
        Count(beats, beatLeft, beatCredit);

        // What an answer says is chosen on the edge of the decision, from what the decision looks at.
        var starts = Decision("starts", answers | resultTurn);
        var description = (HostProtocol.CommandDepth << 16) | ((long)beatDepth << 24) | ((long)(beatBytes & 0xff) << 8) | HostProtocol.Version;
        var answer = m.Register("answer", Answered(
            Expression.FromInteger(description, 32), Expression.FromInteger(identity, 32), Expression.ZeroExtend(errors, 32)));
        var code = m.Register("code", Expression.Mux(answers,
            Answered(Code(HostProtocol.Describe), Code(HostProtocol.Identify), Code(HostProtocol.Status)), Code(HostProtocol.Result)));

        // Bytes that are still to go are a run of ones.
        var moves = m.Wire("moves", ~(valid | headed) & inBody);
        var body = m.Register("body", 32);
        m.Drive(body, Expression.Mux(starts, Expression.Mux(takes, result, answer), Expression.ZeroExtend(body[8, 24], 32)), starts | moves);
        m.Drive(bodyBytes, Expression.Mux(starts, Expression.FromInteger(0b1111, 4), Expression.ZeroExtend(bodyBytes[1, 3], 4)), starts | moves, rst);
        var header = m.Register("header", Expression.Mux(commandCredit, Credit(HostProtocol.CommandCredit, commands),
            Expression.Mux(beatCredit, Credit(HostProtocol.BeatCredit, beats), code)), decided);
        m.Drive(valid, Expression.Mux(valid, ~ready, headed | inBody), reset: rst);
        var next = Expression.Mux(headed, header, body[0, 8]);
        m.Output("valid", valid);
        m.Output("data", m.Register("data_q", next, ~valid));
        m.Output("result_ready", takes);
        return m.Build();

        static Expression Code(int code) => Expression.FromInteger(code, 8);

        static Expression Credit(int code, Expression words) => Expression.Concat(Expression.FromInteger(code >> 6, 2), words);

        Expression Answered(Expression description, Expression identity, Expression status) =>
            Expression.Mux(describing, description, Expression.Mux(identifying, identity, status));

        Reference Decision(string name, Expression condition) => m.Register(name, decides & condition, reset: rst);

        // A word that leaves on the edge at which the credit is sent belongs to the next one.
        void Count(Reference counter, Expression left, Expression sent) =>
            m.Drive(counter, Expression.Mux(sent, Expression.ZeroExtend(left, 6), counter + Expression.FromInteger(1, 6)),
                left | sent, rst);
    }
}
