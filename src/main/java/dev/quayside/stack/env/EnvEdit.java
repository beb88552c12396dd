package dev.quayside.stack.env;

import dev.quayside.catalogue.EnvReader;
import dev.quayside.common.Messages;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes one change to the bytes of a file and checks its own work with the models of all readers:
 * each must read what was meant, and everything else as before.
 */
final class EnvEdit {

  private static final Messages MESSAGES = Messages.of("env");
  private static final byte[] HARMLESS = {'x'};
  private static final byte[] NOTHING = {};
  private static final int MARK = 3;
  private static final byte[] EXPORT = {'e', 'x', 'p', 'o', 'r', 't'};

  private final Path path;
  private final byte[] bytes;
  private final EnvScanner.Found found;
  private final Set<EnvReader> readers;

  EnvEdit(Path path, byte[] bytes, EnvScanner.Found found, Set<EnvReader> readers) {
    this.path = path;
    this.bytes = bytes;
    this.found = found;
    this.readers = readers.isEmpty() ? Set.of() : EnumSet.copyOf(readers);
  }

  /** What must hold of the name after a change. */
  private interface Wish {
    boolean holds(ReadValues before, ReadValues after);
  }

  EnvFile set(EnvEntry entry, Secret value) throws ProblemException {
    Set<EnvReader> counting = counting(endsInCarriageReturn(entry.end()));
    if (counting.contains(EnvReader.SHELL) && !entry.writable()) {
      throw ambiguous(entry, EnumSet.of(EnvReader.SHELL));
    }
    Set<EnvEntry.Style> styles = new LinkedHashSet<>(List.of(entry.style()));
    styles.addAll(List.of(EnvEntry.Style.SINGLE, EnvEntry.Style.DOUBLE, EnvEntry.Style.PLAIN));
    Slot slot = new Slot(entry.name(), entry.start(), entry.end(), NOTHING, NOTHING, counting, 0);
    EnvFile changed = slot.fill(value, styles);
    if (changed != null) {
      return changed;
    }
    Set<EnvReader> blind = slot.blindTo(HARMLESS, styles);
    if (!blind.isEmpty()) {
      throw ambiguous(entry, blind);
    }
    throw quoting(entry.name(), entry.line(), slot.refusing);
  }

  EnvFile add(String name, Secret value) throws ProblemException {
    byte[] lineEnd = lineEnd();
    Set<EnvReader> counting = counting(lineEnd.length > 1);
    Set<EnvReader> refusing = EnumSet.noneOf(EnvReader.class);
    for (int place : places(name)) {
      boolean onNewLine = place == 0 || bytes[place - 1] == '\n' || (place == MARK && hasMark());
      byte[] head = joined(onNewLine ? NOTHING : lineEnd, name + "=");
      Slot slot = new Slot(name, place, place, head, lineEnd, counting, 1);
      EnvFile changed =
          slot.fill(
              value, List.of(EnvEntry.Style.PLAIN, EnvEntry.Style.SINGLE, EnvEntry.Style.DOUBLE));
      if (changed != null) {
        return changed;
      }
      refusing.addAll(slot.refusing);
    }
    throw quoting(name, lines() + 1, refusing);
  }

  EnvFile remove(EnvEntry entry) throws ProblemException {
    byte[] rest = without(bytes, lineStart(entry), statementEnd(entry));
    return kept(rest, entry.name(), -1, (before, after) -> !after.has(entry.name()));
  }

  EnvFile keepLast(List<EnvEntry> all) throws ProblemException {
    byte[] room = new byte[bytes.length];
    int length = 0;
    int from = 0;
    for (EnvEntry entry : all.subList(0, all.size() - 1)) {
      int start = Math.max(from, lineStart(entry));
      System.arraycopy(bytes, from, room, length, start - from);
      length += start - from;
      from = Math.max(start, statementEnd(entry));
    }
    System.arraycopy(bytes, from, room, length, bytes.length - from);
    byte[] rest = Arrays.copyOf(room, length + bytes.length - from);
    Arrays.fill(room, (byte) 0);
    String name = all.getFirst().name();
    return kept(rest, name, 1 - all.size(), (before, after) -> after.sameBytes(name, before));
  }

  private EnvFile kept(byte[] content, String name, int difference, Wish wish)
      throws ProblemException {
    try {
      Set<EnvReader> differing =
          differing(content, name, difference, counting(endsInCarriageReturn(0)), wish);
      if (!differing.isEmpty()) {
        throw new ProblemException(MESSAGES.problem("ENV-OTHERS", name, path, names(differing)));
      }
      return EnvFile.parse(path, content);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /** One place for a value: what stands before it and after it, and who has to read it. */
  private final class Slot {
    private final String name;
    private final int start;
    private final int end;
    private final byte[] head;
    private final byte[] tail;
    private final Set<EnvReader> counting;
    private final int more;
    private Set<EnvReader> refusing = Set.of();

    Slot(
        String name,
        int start,
        int end,
        byte[] head,
        byte[] tail,
        Set<EnvReader> counting,
        int more) {
      this.name = name;
      this.start = start;
      this.end = end;
      this.head = head;
      this.tail = tail;
      this.counting = counting;
      this.more = more;
      this.refusing = counting;
    }

    /** Returns the file with the value in the first of {@code styles} that all read, or null. */
    @Nullable EnvFile fill(Secret value, Iterable<EnvEntry.Style> styles) {
      boolean text = value.withChars(EnvEdit::isText);
      return text ? value.withUtf8(utf8 -> fill(utf8, styles)) : null;
    }

    private @Nullable EnvFile fill(byte[] value, Iterable<EnvEntry.Style> styles) {
      for (EnvEntry.Style style : styles) {
        Set<EnvReader> unwilling =
            counting.stream()
                .filter(reader -> !ReaderModels.styles(reader).contains(style))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(EnvReader.class)));
        byte[] written = unwilling.isEmpty() ? EnvQuoting.write(value, style) : null;
        if (written == null) {
          note(unwilling);
          continue;
        }
        byte[] content = spliced(written);
        Arrays.fill(written, (byte) 0);
        try {
          Set<EnvReader> differing =
              differing(content, name, more, counting, (before, after) -> after.gives(name, value));
          if (differing.isEmpty()) {
            return EnvFile.parse(path, content);
          }
          note(differing);
        } finally {
          Arrays.fill(content, (byte) 0);
        }
      }
      return null;
    }

    /** Keeps the shortest list of those who stand in the way. */
    private void note(Set<EnvReader> differing) {
      if (!differing.isEmpty() && differing.size() < refusing.size()) {
        refusing = differing;
      }
    }

    /** Returns who does not even read a harmless value here. */
    Set<EnvReader> blindTo(byte[] harmless, Iterable<EnvEntry.Style> styles) {
      Slot other = new Slot(name, start, end, head, tail, counting, more);
      EnvFile changed = other.fill(harmless, styles);
      if (changed != null) {
        changed.close();
        return Set.of();
      }
      return other.refusing;
    }

    private byte[] spliced(byte[] written) {
      int total = bytes.length - (end - start) + head.length + written.length + tail.length;
      byte[] result = new byte[total];
      System.arraycopy(bytes, 0, result, 0, start);
      int at = start;
      for (byte[] part : List.of(head, written, tail)) {
        System.arraycopy(part, 0, result, at, part.length);
        at += part.length;
      }
      System.arraycopy(bytes, end, result, at, bytes.length - end);
      return result;
    }
  }

  /** Returns the readers for which {@code content} does not say what was meant. */
  private Set<EnvReader> differing(
      byte[] content, String name, int more, Set<EnvReader> counting, Wish wish) {
    Set<EnvReader> differing = EnumSet.noneOf(EnvReader.class);
    EnvScanner.Found now = EnvScanner.scan(content);
    if (now.brokenLine() != 0 || now.entries().size() != found.entries().size() + more) {
      differing.add(EnvReader.COMPOSE);
    }
    Set<EnvReader> asked = EnumSet.of(EnvReader.COMPOSE);
    asked.addAll(counting);
    for (EnvReader reader : asked) {
      try (ReadValues before = ReaderModels.read(reader, bytes);
          ReadValues after = ReaderModels.read(reader, content)) {
        if (!wish.holds(before, after) || !after.sameBut(name, before)) {
          differing.add(reader);
        }
      }
    }
    return differing;
  }

  private Set<EnvReader> counting(boolean carriageReturn) {
    // Neither can a file that begins with a byte order mark be meant for a shell.
    if (!(carriageReturn || hasMark()) || !readers.contains(EnvReader.SHELL)) {
      return readers;
    }
    Set<EnvReader> others = EnumSet.copyOf(readers);
    others.remove(EnvReader.SHELL);
    return others;
  }

  /** Returns whether the line on which {@code offset} lies ends in CRLF. */
  private boolean endsInCarriageReturn(int offset) {
    int end = offset;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end < bytes.length ? end > 0 && bytes[end - 1] == '\r' : lineEnd().length > 1;
  }

  /** Returns the line end of the file: that of its first line. */
  private byte[] lineEnd() {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        boolean carriageReturn = i > 0 && bytes[i - 1] == '\r';
        return carriageReturn ? new byte[] {'\r', '\n'} : new byte[] {'\n'};
      }
    }
    return new byte[] {'\n'};
  }

  private int lines() {
    int lines = 0;
    for (byte b : bytes) {
      lines += b == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** Returns where a new line may go: behind the last commented-out one, then at the end. */
  private List<Integer> places(String name) {
    byte[] wanted = (name + "=").getBytes(StandardCharsets.US_ASCII);
    int start = 0;
    int behind = -1;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      int next = Math.min(end + 1, bytes.length);
      int from = afterComment(start, end);
      if (from >= 0
          && from + wanted.length <= end
          && Arrays.equals(bytes, from, from + wanted.length, wanted, 0, wanted.length)) {
        behind = next;
      }
      start = next;
    }
    return behind < 0 ? List.of(bytes.length) : List.of(behind, bytes.length);
  }

  /** Returns what follows the signs of a comment and an {@code export}; negative for no comment. */
  private int afterComment(int start, int end) {
    int sign = afterBlanks(start, end);
    int i = sign;
    while (i < end && bytes[i] == '#') {
      i++;
    }
    if (i == sign) {
      return -1;
    }
    i = afterBlanks(i, end);
    int behind = i + EXPORT.length;
    if (behind < end && Arrays.equals(bytes, i, behind, EXPORT, 0, EXPORT.length)) {
      int name = afterBlanks(behind, end);
      return name > behind ? name : i;
    }
    return i;
  }

  private int afterBlanks(int start, int end) {
    int i = start;
    while (i < end && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }

  private boolean hasMark() {
    return bytes.length >= MARK
        && (bytes[0] & 0xFF) == 0xEF
        && (bytes[1] & 0xFF) == 0xBB
        && (bytes[2] & 0xFF) == 0xBF;
  }

  private int lineStart(EnvEntry entry) {
    int start = entry.start();
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    return start == 0 && hasMark() ? MARK : start;
  }

  private int statementEnd(EnvEntry entry) {
    int end = entry.end();
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, bytes.length);
  }

  private static byte[] without(byte[] content, int start, int end) {
    byte[] rest = Arrays.copyOf(content, content.length - (end - start));
    System.arraycopy(content, end, rest, start, content.length - end);
    return rest;
  }

  private static byte[] joined(byte[] first, String second) {
    byte[] text = second.getBytes(StandardCharsets.US_ASCII);
    byte[] both = Arrays.copyOf(first, first.length + text.length);
    System.arraycopy(text, 0, both, first.length, text.length);
    return both;
  }

  /** Returns whether the characters are text: half a pair would become another character. */
  private static boolean isText(char[] value) {
    for (int i = 0; i < value.length; i++) {
      if (Character.isHighSurrogate(value[i])
          && i + 1 < value.length
          && Character.isLowSurrogate(value[i + 1])) {
        i++;
      } else if (Character.isSurrogate(value[i])) {
        return false;
      }
    }
    return true;
  }

  private ProblemException ambiguous(EnvEntry entry, Set<EnvReader> blind) {
    return new ProblemException(
        MESSAGES.problem(
            "ENV-AMBIGUOUS", entry.name(), path, Integer.toString(entry.line()), names(blind)));
  }

  private ProblemException quoting(String name, int line, Set<EnvReader> refusing) {
    return new ProblemException(
        MESSAGES.problem("ENV-QUOTING", name, path, Integer.toString(line), names(refusing)));
  }

  private static String names(Set<EnvReader> readers) {
    return readers.stream()
        .map(reader -> MESSAGES.get("reader." + reader.name()))
        .collect(Collectors.joining("; "));
  }
}
