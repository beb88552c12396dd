package dev.quayside.journal;

import dev.quayside.common.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the journal's file. Every method must be called while the journal's lock is
 * held.
 *
 * <p>Beside the file lies a small note of the newest entry's place and hash. It is written after
 * the entry is on the disk, so it can be behind but never ahead: an entry that the note names and
 * the file lacks was removed by somebody.
 */
final class JournalFile {

  private static final int CHUNK = 64 * 1024;

  private final Path state;
  private final Path file;
  private final Path note;

  JournalFile(Path state) {
    this.state = state;
    this.file = state.resolve("journal.jsonl");
    this.note = state.resolve("journal.head");
  }

  /** The newest entry's place and hash. */
  record Head(long number, String hash) {
    static final Head NONE = new Head(0, Chain.START);
  }

  /** Bytes after the last line feed: a record that was cut off while it was written. */
  static final class Torn {
    private final byte[] bytes;
    private final long position;

    private Torn(byte[] bytes, long position) {
      this.bytes = bytes;
      this.position = position;
    }

    int length() {
      return bytes.length;
    }
  }

  Path path() {
    return file;
  }

  long size() throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException nothingYet) {
      return 0;
    }
  }

  /** Adds a line and its line feed, forces both to disk, then notes the new head. */
  void append(Chain.Line line, Head head) throws IOException {
    boolean isNew = !Files.exists(file);
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer buffer = ByteBuffer.allocate(line.bytes().length + 1);
      buffer.put(line.bytes()).put((byte) '\n').flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    if (isNew) {
      AtomicFiles.force(state);
    }
    noteHead(head);
  }

  private void noteHead(Head head) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            note,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(
          ByteBuffer.wrap(
              (head.number() + " " + head.hash() + "\n").getBytes(StandardCharsets.US_ASCII)));
    }
  }

  /** Returns the noted head, or null where the note is missing or cut off. */
  @Nullable Head notedHead() throws IOException {
    String text;
    try {
      text = new String(Files.readAllBytes(note), StandardCharsets.US_ASCII);
    } catch (NoSuchFileException missing) {
      return null;
    }
    String[] parts = text.split("[ \n]", -1);
    if (parts.length != 3
        || !parts[0].matches("[0-9]{1,18}")
        || !parts[1].matches("[0-9a-f]{64}")) {
      return null;
    }
    return new Head(Long.parseLong(parts[0]), parts[1]);
  }

  /** Returns the last complete line, or null for an empty file. */
  byte @Nullable [] lastLine() throws IOException {
    byte[] tail = new byte[0];
    long position = size() - tornLength();
    long start = position;
    while (start > 0) {
      int length = (int) Math.min(CHUNK, start);
      start -= length;
      byte[] chunk = read(start, length);
      byte[] joined = new byte[chunk.length + tail.length];
      System.arraycopy(chunk, 0, joined, 0, chunk.length);
      System.arraycopy(tail, 0, joined, chunk.length, tail.length);
      tail = joined;
      int feed = lastFeedBefore(tail, tail.length - 2);
      if (feed >= 0) {
        return Arrays.copyOfRange(tail, feed + 1, tail.length - 1);
      }
    }
    return tail.length == 0 ? null : Arrays.copyOf(tail, tail.length - 1);
  }

  /** Returns what stands behind the last line feed, or null if nothing does. */
  @Nullable Torn torn() throws IOException {
    long length = tornLength();
    long position = size() - length;
    return length == 0 ? null : new Torn(read(position, Math.toIntExact(length)), position);
  }

  private long tornLength() throws IOException {
    long end = size();
    long start = end;
    while (start > 0) {
      int length = (int) Math.min(CHUNK, start);
      byte[] chunk = read(start - length, length);
      int feed = lastFeedBefore(chunk, chunk.length - 1);
      if (feed >= 0) {
        return end - (start - length + feed + 1);
      }
      start -= length;
    }
    return end;
  }

  /** Keeps the torn bytes in a file of their own, then cuts them off. */
  Path setAside(Torn torn, long number) throws IOException {
    Path aside = file.resolveSibling("journal.torn-" + number + "-" + torn.position);
    if (!Files.exists(aside)) {
      AtomicFiles.create(aside, torn.bytes);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(torn.position);
      channel.force(true);
    }
    return aside;
  }

  /** Returns all complete lines without their line feeds. */
  List<byte[]> lines() throws IOException {
    List<byte[]> lines = new ArrayList<>();
    if (size() == 0) {
      return lines;
    }
    byte[] all = Files.readAllBytes(file);
    int start = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == '\n') {
        lines.add(Arrays.copyOfRange(all, start, i));
        start = i + 1;
      }
    }
    return lines;
  }

  private byte[] read(long position, int length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(length);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
        // Reads until the buffer is full or the file ends.
      }
      bytes.write(buffer.array(), 0, buffer.position());
    }
    return bytes.toByteArray();
  }

  private static int lastFeedBefore(byte[] bytes, int from) {
    for (int i = from; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
