package dev.quayside.stack.settings;

import dev.quayside.stack.env.EnvFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds on to a file that is replaced, so that what somebody else wrote into it between the last
 * look and the replacement is not lost with it.
 */
final class Displaced implements AutoCloseable {

  private final @Nullable FileChannel channel;

  private Displaced(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /** Holds on to {@code file}; to nothing for null. */
  static Displaced of(@Nullable Path file) throws IOException {
    return new Displaced(file == null ? null : FileChannel.open(file, StandardOpenOption.READ));
  }

  /**
   * Returns the content of the replaced file if it is not that of {@code hash}, else null; the
   * caller wipes it. More than an environment file can hold is cut.
   */
  byte @Nullable [] changed(String hash) throws IOException {
    if (channel == null) {
      return null;
    }
    ByteBuffer room = ByteBuffer.allocate(EnvFile.LARGEST + 1);
    channel.position(0);
    int read = 0;
    while (read >= 0 && room.hasRemaining()) {
      read = channel.read(room);
    }
    byte[] content = Arrays.copyOf(room.array(), room.position());
    Arrays.fill(room.array(), (byte) 0);
    if (!EnvFile.hash(content).equals(hash)) {
      return content;
    }
    Arrays.fill(content, (byte) 0);
    return null;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
