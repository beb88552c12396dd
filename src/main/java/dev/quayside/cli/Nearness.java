package dev.quayside.cli;

/** Judges whether one word is a slip of the hand for another. */
final class Nearness {

  /** Words up to this length are near with one slip only. */
  private static final int SHORT = 5;

  private Nearness() {}

  /**
   * Returns whether one letter, or two in a longer word, were left out, added, changed or swapped.
   */
  static boolean near(String typed, String meant) {
    int slips = meant.length() <= SHORT ? 1 : 2;
    return Math.abs(typed.length() - meant.length()) <= slips && distance(typed, meant) <= slips;
  }

  /** Counts letters left out, added and changed, and neighbours swapped. */
  static int distance(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, one, other, i, j);
      }
    }
    return cost[one.length()][other.length()];
  }

  private static int cheapest(int[][] cost, String one, String other, int i, int j) {
    int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1));
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
