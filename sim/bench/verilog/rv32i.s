# The endless program of rv32i.v, as sim/tests/Bench/RiscvAssembler.cs reads it. Each round: count primes with a sieve,
# fill a buffer from a shift register that is stirred with the stimulus, sort it, take its CRC-32, and a mix of the
# instructions that are left. Each result is stored to the outside at 0x80000000.
        lui   s0, 0x80000          # the outside
        addi  s1, zero, 1          # round
        lui   s2, 0x12345
        addi  s2, s2, 0x678        # state of the shift register
round:  jal   ra, sieve
        sw    a0, 0(s0)
        jal   ra, fill
        sw    a0, 0(s0)
        jal   ra, sort
        sw    a0, 0(s0)
        jal   ra, crc
        sw    a0, 0(s0)
        jal   ra, mix
        sw    a0, 0(s0)
        addi  s1, s1, 1
        jal   zero, round

# Primes below 512: bytes 0..511 of the memory, 1 where composite.
sieve:  addi  t0, zero, 0
        addi  t1, zero, 512
clear:  sw    zero, 0(t0)
        addi  t0, t0, 4
        bltu  t0, t1, clear
        addi  a0, zero, 0
        addi  t0, zero, 2
        addi  t3, zero, 1
prime:  lbu   t2, 0(t0)
        bne   t2, zero, next
        addi  a0, a0, 1
        slli  t2, t0, 1
strike: bgeu  t2, t1, next
        sb    t3, 0(t2)
        add   t2, t2, t0
        jal   zero, strike
next:   addi  t0, t0, 1
        bne   t0, t1, prime
        jalr  zero, 0(ra)

# 32 words at 1024 from the shift register; each step takes a word of the stimulus in.
fill:   addi  t0, zero, 1024
        addi  t1, zero, 1152
        lui   t4, 0xA3000
        addi  t4, t4, 1
step:   andi  t2, s2, 1
        srli  s2, s2, 1
        beq   t2, zero, even
        xor   s2, s2, t4
even:   lw    t3, 4(s0)
        add   s2, s2, t3
        xor   t3, s2, s1
        sw    t3, 0(t0)
        addi  t0, t0, 4
        blt   t0, t1, step
        addi  a0, s2, 0
        jalr  zero, 0(ra)

# Bubble sort of the buffer, as signed words; the number of exchanges is the result.
sort:   addi  a0, zero, 0
        addi  t1, zero, 1148
outer:  addi  t0, zero, 1024
        addi  t5, zero, 0
inner:  lw    t2, 0(t0)
        lw    t3, 4(t0)
        bge   t3, t2, sorted
        sw    t3, 0(t0)
        sw    t2, 4(t0)
        addi  a0, a0, 1
        addi  t5, zero, 1
sorted: addi  t0, t0, 4
        bne   t0, t1, inner
        addi  t1, t1, -4
        slti  t6, t1, 1028
        bne   t6, zero, done
        bne   t5, zero, outer
done:   jalr  zero, 0(ra)

# CRC-32 of the 128 bytes of the buffer, bit by bit.
crc:    addi  a0, zero, -1
        addi  t0, zero, 1024
        addi  t1, zero, 1152
        lui   t4, 0xEDB88
        addi  t4, t4, 0x320
byte:   lbu   t2, 0(t0)
        xor   a0, a0, t2
        addi  t3, zero, 8
bit:    andi  t2, a0, 1
        sub   t2, zero, t2
        and   t2, t2, t4
        srli  a0, a0, 1
        xor   a0, a0, t2
        addi  t3, t3, -1
        bne   t3, zero, bit
        addi  t0, t0, 1
        bne   t0, t1, byte
        xori  a0, a0, -1
        jalr  zero, 0(ra)

# The other instructions on the sorted words: half-words, signed loads, shifts by registers, comparisons, AUIPC.
mix:    addi  t0, zero, 1024
        addi  t1, zero, 1152
        auipc a0, 0x1
word:   lh    t2, 0(t0)
        lhu   t3, 2(t0)
        sll   t4, t2, t3
        sra   t5, t2, t3
        srl   t6, t2, t3
        xor   a0, a0, t4
        add   a0, a0, t5
        or    t6, t6, s1
        xor   a0, a0, t6
        slt   t4, t2, t3
        sltu  t5, t2, t3
        sub   a0, a0, t4
        add   a0, a0, t5
        sltiu t6, t3, 1000
        srai  t5, a0, 7
        add   a0, a0, t6
        xor   a0, a0, t5
        lb    t2, 1(t0)
        sh    a0, 1024(t0)
        sb    t2, 1027(t0)
        lw    t3, 1024(t0)
        add   a0, a0, t3
        ori   a0, a0, 0x10
        addi  t0, t0, 4
        bltu  t0, t1, word
        jalr  zero, 0(ra)
