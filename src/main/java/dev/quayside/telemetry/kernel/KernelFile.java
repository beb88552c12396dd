package dev.quayside.telemetry.kernel;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one kernel file open and reads it again and again, which costs half of opening it each
 * time.
 */
public final class KernelFile implements AutoCloseable {

  private final RandomAccessFile file;

  private KernelFile(RandomAccessFile file) {
    this.file = file;
  }

  /** Opens a file, or returns null where it is not there or may not be read. */
  public static @Nullable KernelFile open(@Nullable Path folder, String name) {
    if (folder == null) {
      return null;
    }
    try {
      return new KernelFile(new RandomAccessFile(folder.resolve(name).toString(), "r"));
    } catch (FileNotFoundException absent) {
      return null;
    }
  }

  /** Reads into {@code buffer}; fails with ENODEV once the container is gone. */
  public void read(ReadBuffer buffer) throws IOException {
    buffer.fill(file);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing a file that was only read", e);
    }
  }
}
