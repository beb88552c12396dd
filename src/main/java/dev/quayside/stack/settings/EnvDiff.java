package dev.quayside.stack.settings;

import dev.quayside.common.ForeignText;
import dev.quayside.common.Secret;
import dev.quayside.engine.SecretText;
import dev.quayside.stack.env.EnvEntry;
import dev.quayside.stack.env.EnvFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two contents of an environment file and shows no secret. */
public final class EnvDiff {

  /** Stands for a value that is not shown. */
  public static final String MASK = "••••••••";

  private static final int LONGEST = 200;

  private final EnvJudge judge;

  EnvDiff(EnvJudge judge) {
    this.judge = judge;
  }

  /** Returns what differs, settings first in the order of their lines; empty for the same bytes. */
  List<EnvDifference> between(byte[] before, byte[] after) {
    if (Arrays.equals(before, after)) {
      return List.of();
    }
    try (EnvFile one = EnvFile.parse(Path.of(""), before);
        EnvFile other = EnvFile.parse(Path.of(""), after)) {
      Set<String> names = new LinkedHashSet<>(other.names());
      names.addAll(one.names());
      Set<String> moved = moved(one, other);
      List<EnvDifference> found = new ArrayList<>();
      for (String name : names) {
        EnvDifference difference = ofName(name, one, other, before, after, moved);
        if (difference != null) {
          found.add(difference);
        }
      }
      int others = otherLines(one, other, before, after);
      if (others > 0 || found.isEmpty()) {
        found.add(
            new EnvDifference(
                EnvDifference.Kind.OTHER_LINES, "", 0, Math.max(1, others), null, null));
      }
      return List.copyOf(found);
    }
  }

  private @Nullable EnvDifference ofName(
      String name, EnvFile one, EnvFile other, byte[] before, byte[] after, Set<String> moved) {
    EnvEntry was = one.entry(name);
    EnvEntry is = other.entry(name);
    int oldLine = was == null ? 0 : was.line();
    int newLine = is == null ? 0 : is.line();
    try (Secret old = one.value(name);
        Secret now = other.value(name)) {
      EnvDifference.Kind kind = null;
      if (old == null) {
        kind = EnvDifference.Kind.ADDED;
      } else if (now == null) {
        kind = EnvDifference.Kind.REMOVED;
      } else if (!one.sameValue(name, other)) {
        kind = EnvDifference.Kind.CHANGED;
      } else if (one.count(name) != other.count(name)) {
        kind = EnvDifference.Kind.REPEATED;
      } else if (!sameBytes(was, before, is, after)) {
        kind = EnvDifference.Kind.REWRITTEN;
      } else if (moved.contains(name)) {
        kind = EnvDifference.Kind.MOVED;
      }
      return kind == null
          ? null
          : new EnvDifference(kind, name, oldLine, newLine, shown(name, old), shown(name, now));
    }
  }

  private static boolean sameBytes(
      @Nullable EnvEntry was, byte[] before, @Nullable EnvEntry is, byte[] after) {
    return was != null
        && is != null
        && Arrays.equals(before, was.start(), was.end(), after, is.start(), is.end());
  }

  /** Returns the value for people; masked where it is a secret, by its name or by its form. */
  @Nullable String shown(String name, @Nullable Secret value) {
    if (value == null) {
      return null;
    }
    if (value.length() > 0 && judge.secret(name)) {
      return MASK;
    }
    String text = value.withChars(String::new);
    boolean hidden = SecretText.hides(name, text) || !SecretText.mask(text).equals(text);
    return hidden && !text.isEmpty() ? MASK : ForeignText.line(text, LONGEST);
  }

  /** Returns the names that would have to change their places; as few as possible. */
  private static Set<String> moved(EnvFile one, EnvFile other) {
    Set<String> before = one.names();
    Set<String> after = other.names();
    List<String> old = new ArrayList<>(before);
    List<String> now = new ArrayList<>(after);
    old.retainAll(after);
    now.retainAll(before);
    Map<String, Integer> place = new HashMap<>();
    for (int i = 0; i < old.size(); i++) {
      place.put(old.get(i), i);
    }
    Set<String> moved = new LinkedHashSet<>(now);
    int[] places = new int[now.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = Objects.requireNonNull(place.get(now.get(i)));
    }
    for (int kept : longestRun(places)) {
      moved.remove(now.get(kept));
    }
    return moved;
  }

  /** Returns the indexes of the longest run of rising numbers, none of which is there twice. */
  private static List<Integer> longestRun(int[] numbers) {
    // For each length the index that ends the run of that length with the smallest number.
    int[] ends = new int[numbers.length];
    int[] previous = new int[numbers.length];
    int longest = 0;
    for (int i = 0; i < numbers.length; i++) {
      int low = 0;
      int high = longest;
      while (low < high) {
        int middle = (low + high) / 2;
        if (numbers[ends[middle]] < numbers[i]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      previous[i] = low == 0 ? -1 : ends[low - 1];
      ends[low] = i;
      longest = Math.max(longest, low + 1);
    }
    List<Integer> run = new ArrayList<>();
    for (int i = longest == 0 ? -1 : ends[longest - 1]; i >= 0; i = previous[i]) {
      run.add(i);
    }
    return run;
  }

  /** Counts the lines that are no assignments and are not the same in both. */
  private static int otherLines(EnvFile one, EnvFile other, byte[] before, byte[] after) {
    Map<String, Integer> balance = new HashMap<>();
    lines(one, before, other).forEach(line -> balance.merge(line, 1, Integer::sum));
    lines(other, after, one).forEach(line -> balance.merge(line, -1, Integer::sum));
    int more = balance.values().stream().filter(n -> n > 0).mapToInt(n -> n).sum();
    int less = -balance.values().stream().filter(n -> n < 0).mapToInt(n -> n).sum();
    return Math.max(more, less);
  }

  /** Returns what stands around the values: whole lines, and the rests of those with a value. */
  private static List<String> lines(EnvFile file, byte[] bytes, EnvFile other) {
    byte[] rest = bytes.clone();
    List<String> lines = new ArrayList<>();
    int from = 0;
    StringBuilder text = new StringBuilder();
    for (EnvEntry entry : file.entries()) {
      int lineStart = entry.start();
      while (lineStart > from && rest[lineStart - 1] != '\n') {
        lineStart--;
      }
      text.append(new String(rest, from, Math.max(0, lineStart - from), StandardCharsets.UTF_8));
      int lineEnd = entry.end();
      while (lineEnd < rest.length && rest[lineEnd] != '\n') {
        lineEnd++;
      }
      String comment = new String(rest, entry.end(), lineEnd - entry.end(), StandardCharsets.UTF_8);
      boolean told =
          other.count(entry.name()) == 0 || (comment.isBlank() && !comment.contains("\r"));
      // What goes or comes with its setting is told with it.
      text.append(told ? "" : entry.name() + comment + "\n");
      from = Math.min(lineEnd + 1, rest.length);
    }
    text.append(new String(rest, from, rest.length - from, StandardCharsets.UTF_8));
    Arrays.fill(rest, (byte) 0);
    for (String line : text.toString().split("\n", -1)) {
      lines.add(line);
    }
    // The text ends with an empty piece, in both alike.
    return lines;
  }
}
