// Runs the folder's test vectors on the board: dotnet run -- /dev/ttyUSB1 (or COM5; unix:PATH for a simulated board).
using System.Globalization;
using System.IO.Ports;
using System.Net.Sockets;
using System.Text.Json;
using HwSeed.Drivers;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: dotnet run -- PORT");
    return 2;
}

var facts = Load("engine.json");
var program = Load("program.json");
using var port = args[0].StartsWith("unix:", StringComparison.Ordinal) ? Socketed(args[0][5..]) : Serial(args[0], facts["baud"].GetInt32());
var driver = new EngineDriver(port, new EngineFacts(
    Int(facts, "beat_bytes"), Int(facts, "beat_lanes"), Int(facts, "input_bits"), Int(facts, "weight_bits"), Int(facts, "command_depth"), Int(facts, "beat_depth"),
    uint.Parse(facts["identity"].GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
driver.Connect();
var c = driver.Multiply(
    new EngineProgram(Int(program, "m"), Int(program, "k"), Int(program, "n"),
        [.. program["commands"].EnumerateArray().Select(w => ulong.Parse(w.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture))],
        Ints(program["gather"]), Ints(program["scatter"])),
    [.. Values("vectors/a.json").Select(v => (short)v)], [.. Values("vectors/b.json").Select(v => (short)v)]);
var wrong = c.Zip(Values("vectors/c.json")).Count(r => r.First != r.Second);
var errors = driver.Errors();
Console.WriteLine($"{c.Length} results, {wrong} wrong, errors {errors}");
return wrong == 0 && errors == 0 ? 0 : 1;

static Stream Serial(string path, int baud)
{
    var serial = new SerialPort(path, baud, Parity.None, 8, StopBits.One) { ReadTimeout = 5000 };
    serial.Open();
    return serial.BaseStream;
}

static Stream Socketed(string path)
{
    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    socket.Connect(new UnixDomainSocketEndPoint(path));
    return new NetworkStream(socket, ownsSocket: true);
}

static Dictionary<string, JsonElement> Load(string name) =>
    JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(name))!;

static int Int(Dictionary<string, JsonElement> values, string name) => values[name].GetInt32();

static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetInt32())];

static int[] Values(string name) => JsonSerializer.Deserialize<int[]>(File.ReadAllText(name))!;
