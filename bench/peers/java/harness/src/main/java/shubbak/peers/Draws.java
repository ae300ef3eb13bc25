package shubbak.peers;

/** Numbers from 0 up to 1, the same at each run: x ← 1664525 x + 1013904223 modulo 2³², over 2³². */
final class Draws {
  private int state;

  Draws(int seed) {
    state = seed;
  }

  double next() {
    state = state * 1_664_525 + 1_013_904_223;
    return Integer.toUnsignedLong(state) / 0x1p32;
  }
}
