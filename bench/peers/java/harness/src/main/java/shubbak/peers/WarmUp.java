package shubbak.peers;

import java.util.function.Supplier;

/**
 * Rounds that are not measured: at least and at most so many, until one is no longer faster than those before, and none
 * begun when so many seconds of the clock have passed.
 */
record WarmUp(int least, int most, double clock) {
  /** A round that is faster by less is as fast. */
  private static final double FASTER = 1.03;

  void run(Supplier<Round> rounds) {
    double best = 0;
    double passed = 0;
    for (int i = 1; i <= most && passed < clock; i++) {
      Round round = rounds.get();
      passed += round.wall();
      if (i >= least && round.rate() < best * FASTER) return;
      best = Math.max(best, round.rate());
    }
  }
}
