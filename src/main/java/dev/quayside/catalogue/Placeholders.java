package dev.quayside.catalogue;

import dev.quayside.common.Secret;
import java.util.List;
import java.util.Locale;

/** Tells values that stand for a secret nobody has set yet, without regard to case. */
final class Placeholders {

  private final List<char[]> words;
  private final List<char[]> prefixes;

  Placeholders(List<String> words, List<String> prefixes) {
    this.words = lower(words);
    this.prefixes = lower(prefixes);
  }

  boolean contain(Secret value) {
    return value.withChars(chars ->
        words.stream().anyMatch(word -> word.length == chars.length && begins(chars, word))
            || prefixes.stream().anyMatch(prefix -> begins(chars, prefix)));
  }

  private static boolean begins(char[] value, char[] start) {
    if (value.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if (Character.toLowerCase(value[i]) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static List<char[]> lower(List<String> texts) {
    return texts.stream().map(text -> text.toLowerCase(Locale.ROOT).toCharArray()).toList();
  }
}
