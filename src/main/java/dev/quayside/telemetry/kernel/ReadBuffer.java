package dev.quayside.telemetry.kernel;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Holds the bytes of the file read last and the numbers found in them, without making garbage. One
 * thread uses it.
 *
 * <p>All figures are unsigned decimal; {@link #NONE} stands for a figure that is not there or does
 * not fit in 63 bits.
 */
public final class ReadBuffer {

  /** Stands for a figure that is not there. */
  public static final long NONE = -1;

  private static final int LARGEST = 1 << 20;
  private static final int SHORT_ANSWER = 512;
  private static final int NETWORK_FIELDS_TO_SENT = 8;

  private static final byte[] LOOPBACK = ascii("lo");
  private static final List<byte[]> VIRTUAL = List.of(ascii("veth"), ascii("br-"), ascii("docker"));

  private byte[] bytes = new byte[8192];
  private int length;
  private long received = NONE;
  private long sent = NONE;

  /** Reads a kept-open file from its start. */
  public void fill(RandomAccessFile file) throws IOException {
    file.seek(0);
    length = 0;
    while (true) {
      int read = file.read(bytes, length, bytes.length - length);
      if (read <= 0) {
        return;
      }
      length += read;
      if (length == bytes.length) {
        if (length >= LARGEST) {
          throw new IOException("a kernel file larger than " + LARGEST + " bytes");
        }
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      } else if (read < SHORT_ANSWER) {
        // The kernel fills a page before it stops, so a short answer is the end and saves a second
        // call.
        return;
      }
    }
  }

  /** Takes {@code text} as if it had been read. */
  public void set(byte[] text) {
    bytes = text.length > bytes.length ? Arrays.copyOf(text, text.length) : bytes;
    System.arraycopy(text, 0, bytes, 0, text.length);
    length = text.length;
  }

  /** Returns the number the file begins with. */
  public long first() {
    return number(0);
  }

  /**
   * Returns the word of the first line with this index as a number, as in {@code cpu.max} or {@code
   * /proc/stat}; blanks may be several.
   */
  public long field(int index) {
    int end = endOfLine(0);
    int at = skipBlanks(0);
    for (int word = 0; word < index && at < end; word++) {
      at = skipBlanks(endOfWord(at));
    }
    return at < end ? number(at) : NONE;
  }

  /** Returns the number that stands behind {@code key} and a blank at the start of a line. */
  public long value(byte[] key) {
    int line = 0;
    while (line < length) {
      if (startsWith(line, key) && line + key.length < length && bytes[line + key.length] == ' ') {
        return number(line + key.length + 1);
      }
      line = nextLine(line);
    }
    return NONE;
  }

  /**
   * Returns the number behind {@code key} and any blanks at the start of a line, as in {@code
   * /proc/meminfo}.
   */
  public long padded(byte[] key) {
    int line = 0;
    while (line < length) {
      if (startsWith(line, key)) {
        return number(skipBlanks(line + key.length));
      }
      line = nextLine(line);
    }
    return NONE;
  }

  /**
   * Adds up the numbers of all lines {@code MAJOR:MINOR operation number}, as {@code blkio} of
   * version 1 writes them. An empty file is 0: nothing was read or written yet.
   */
  public long sumOfOperation(byte[] operation) {
    long sum = 0;
    int line = 0;
    while (line < length) {
      int space = find(line, ' ');
      if (space > 0 && startsWith(space + 1, operation)) {
        int after = space + 1 + operation.length;
        if (after < length && bytes[after] == ' ') {
          sum = add(sum, number(after + 1));
        }
      }
      line = nextLine(line);
    }
    return sum;
  }

  /**
   * Adds up the numbers of all words {@code key=number}, as {@code io.stat} of version 2 writes
   * them; {@code keyAndSign} includes the sign of equality. An empty file is 0.
   */
  public long sumOfWord(byte[] keyAndSign) {
    long sum = 0;
    for (int i = 0; i < length; i++) {
      boolean start = i == 0 || bytes[i - 1] == ' ' || bytes[i - 1] == '\n';
      if (start && startsWith(i, keyAndSign)) {
        sum = add(sum, number(i + keyAndSign.length));
      }
    }
    return sum;
  }

  /**
   * Adds up {@code count} numbers of {@code /proc/PID/stat}, leaving out the first {@code skipped}
   * fields behind the name of the program, which stands in parentheses and may hold blanks and
   * parentheses itself (proc_pid_stat(5)).
   */
  public long sumBehindParenthesis(int skipped, int count) {
    int at = length - 1;
    while (at >= 0 && bytes[at] != ')') {
      at--;
    }
    if (at < 0) {
      return NONE;
    }
    at = skipBlanks(at + 1);
    for (int field = 0; field < skipped; field++) {
      at = skipBlanks(endOfWord(at));
    }
    long sum = 0;
    for (int field = 0; field < count; field++) {
      sum = add(sum, number(at));
      at = skipBlanks(endOfWord(at));
    }
    return sum;
  }

  /** Names which interfaces {@link #readNetwork} counts. */
  public enum Interfaces {
    /** All but loopback: what a container sends and receives. */
    OWN,
    /**
     * All but loopback and Docker's bridges and pairs, whose traffic passes a real interface too or
     * never leaves.
     */
    PHYSICAL
  }

  /**
   * Adds up received and sent bytes of interfaces, as {@code /proc/PID/net/dev} writes them: two
   * lines of heading, then {@code name: received … sent …} with sent in the ninth field
   * (proc_pid_net(5)).
   */
  public void readNetwork(Interfaces wanted) {
    received = 0;
    sent = 0;
    int line = nextLine(nextLine(0));
    while (line < length) {
      int name = skipBlanks(line);
      // An interface may be named with a colon ("eth0:1" of old tools), so the last one before the
      // figures counts.
      int colon = lastColon(name, endOfLine(line));
      if (colon > name && counts(name, colon, wanted)) {
        addInterface(colon + 1);
      }
      line = nextLine(line);
    }
  }

  private boolean counts(int name, int colon, Interfaces wanted) {
    if (colon - name == LOOPBACK.length && startsWith(name, LOOPBACK)) {
      return false;
    }
    if (wanted == Interfaces.OWN) {
      return true;
    }
    for (byte[] virtual : VIRTUAL) {
      if (startsWith(name, virtual)) {
        return false;
      }
    }
    return true;
  }

  private void addInterface(int from) {
    int field = skipBlanks(from);
    received = add(received, number(field));
    for (int skipped = 0; skipped < NETWORK_FIELDS_TO_SENT; skipped++) {
      field = skipBlanks(endOfWord(field));
    }
    sent = add(sent, number(field));
  }

  /** Returns the bytes received that {@link #readNetwork} found. */
  public long received() {
    return received;
  }

  /** Returns the bytes sent that {@link #readNetwork} found. */
  public long sent() {
    return sent;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static long add(long sum, long more) {
    return sum < 0 || more < 0 || sum + more < 0 ? NONE : sum + more;
  }

  private long number(int from) {
    long value = 0;
    int i = from;
    while (i < length && bytes[i] >= '0' && bytes[i] <= '9') {
      int digit = bytes[i] - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return NONE;
      }
      value = value * 10 + digit;
      i++;
    }
    return i == from ? NONE : value;
  }

  private boolean startsWith(int from, byte[] text) {
    return from + text.length <= length
        && Arrays.equals(bytes, from, from + text.length, text, 0, text.length);
  }

  private int find(int from, char wanted) {
    int end = endOfLine(from);
    for (int i = from; i < end; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private int lastColon(int from, int end) {
    for (int i = end - 1; i >= from; i--) {
      if (bytes[i] == ':') {
        return i;
      }
    }
    return -1;
  }

  private int skipBlanks(int from) {
    int i = from;
    while (i < length && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }

  private int endOfWord(int from) {
    int i = from;
    while (i < length && bytes[i] != ' ' && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  private int endOfLine(int from) {
    int i = from;
    while (i < length && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  private int nextLine(int from) {
    return Math.min(endOfLine(from) + 1, length);
  }
}
