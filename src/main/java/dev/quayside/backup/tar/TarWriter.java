package dev.quayside.backup.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a tar stream: ustar headers, preceded by a pax header where ustar has no room (long names,
 * fractions of seconds, large numbers). Never closes its sink. For one thread.
 */
public final class TarWriter {

  static final int BLOCK = 512;

  private static final int MOST_OCTAL_7 = 07777777;
  private static final long MOST_OCTAL_11 = 077777777777L;
  private static final byte[] ZEROS = new byte[2 * BLOCK];
  private static final TarTime EPOCH = new TarTime(0, 0);

  private final OutputStream sink;
  private long left;
  private int padding;

  /** Writes to {@code sink}. */
  public TarWriter(OutputStream sink) {
    this.sink = sink;
  }

  /**
   * Begins an entry; exactly {@code entry.size()} bytes of content have to follow before the next
   * one.
   */
  public void begin(TarEntry entry) throws IOException {
    requireComplete();
    byte[] pax = pax(entry);
    if (pax.length > 0) {
      byte[] name = "PaxHeader".getBytes(StandardCharsets.US_ASCII);
      sink.write(header(name, 'x', pax.length, 0600, 0, 0, 0, new byte[0]));
      sink.write(pax);
      sink.write(ZEROS, 0, paddingOf(pax.length));
    }
    byte[] path = entry.path().bytes();
    if (entry.type() == TarEntry.Type.FOLDER) {
      path = Arrays.copyOf(path, path.length + 1);
      path[path.length - 1] = '/';
    }
    TarTime modified = fitsSeconds(entry.modified()) ? entry.modified() : EPOCH;
    byte[] link = entry.link() == null ? new byte[0] : entry.link().bytes();
    sink.write(
        header(
            path,
            entry.type().flag(),
            entry.size(),
            entry.mode(),
            entry.user(),
            entry.group(),
            modified.seconds(),
            link));
    left = entry.size();
    padding = paddingOf(entry.size());
  }

  /** Writes content of the entry begun last. */
  public void write(byte[] source, int offset, int length) throws IOException {
    if (length > left) {
      throw new IllegalStateException("more content than announced");
    }
    sink.write(source, offset, length);
    left -= length;
    if (left == 0) {
      sink.write(ZEROS, 0, padding);
      padding = 0;
    }
  }

  /** Returns how many bytes of content the entry begun last still needs. */
  public long left() {
    return left;
  }

  /** Writes the end mark. */
  public void finish() throws IOException {
    requireComplete();
    sink.write(ZEROS);
    sink.flush();
  }

  private void requireComplete() {
    if (left != 0) {
      throw new IllegalStateException("the entry before lacks " + left + " bytes");
    }
  }

  private static byte[] pax(TarEntry entry) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    int slash = entry.type() == TarEntry.Type.FOLDER ? 1 : 0;
    if (entry.path().length() + slash > UstarFields.NAME_LENGTH) {
      record(
          records,
          "path",
          slash == 0 ? entry.path().bytes() : entry.path().child(RawPath.of("")).bytes());
    }
    if (entry.link() != null && entry.link().length() > UstarFields.NAME_LENGTH) {
      record(records, "linkpath", entry.link().bytes());
    }
    if (entry.size() > MOST_OCTAL_11) {
      record(records, "size", ascii(entry.size()));
    }
    if (entry.user() > MOST_OCTAL_7) {
      record(records, "uid", ascii(entry.user()));
    }
    if (entry.group() > MOST_OCTAL_7) {
      record(records, "gid", ascii(entry.group()));
    }
    if (entry.modified().nanos() != 0 || !fitsSeconds(entry.modified())) {
      record(records, "mtime", entry.modified().text().getBytes(StandardCharsets.US_ASCII));
    }
    return records.toByteArray();
  }

  private static boolean fitsSeconds(TarTime time) {
    return time.seconds() >= 0 && time.seconds() <= MOST_OCTAL_11;
  }

  private static byte[] ascii(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes {@code LENGTH KEY=VALUE\n}, where the length counts its own digits. */
  private static void record(ByteArrayOutputStream records, String key, byte[] value) {
    int rest = 1 + key.length() + 1 + value.length + 1;
    int length = rest + Integer.toString(rest).length();
    if (Integer.toString(length).length() > Integer.toString(rest).length()) {
      length++;
    }
    records.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.US_ASCII));
    records.writeBytes(value);
    records.write('\n');
  }

  private static byte[] header(
      byte[] name,
      char type,
      long size,
      int mode,
      long user,
      long group,
      long seconds,
      byte[] link) {
    byte[] block = new byte[BLOCK];
    UstarFields.bytes(block, UstarFields.NAME, UstarFields.NAME_LENGTH, name);
    UstarFields.octal(block, UstarFields.MODE, 8, mode);
    UstarFields.octal(block, UstarFields.USER, 8, user > MOST_OCTAL_7 ? 0 : user);
    UstarFields.octal(block, UstarFields.GROUP, 8, group > MOST_OCTAL_7 ? 0 : group);
    UstarFields.octal(block, UstarFields.SIZE, 12, size > MOST_OCTAL_11 ? 0 : size);
    UstarFields.octal(block, UstarFields.TIME, 12, seconds);
    block[UstarFields.TYPE] = (byte) type;
    UstarFields.bytes(block, UstarFields.LINK, UstarFields.NAME_LENGTH, link);
    UstarFields.bytes(
        block, UstarFields.MAGIC, 8, UstarFields.USTAR.getBytes(StandardCharsets.US_ASCII));
    UstarFields.checksum(block);
    return block;
  }

  static int paddingOf(long size) {
    return (int) (-size & (BLOCK - 1));
  }
}
