package dev.quayside.backup;

import dev.quayside.common.ChildProcess;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Forces a whole folder to the disk. The system has one call for a file system, which the JDK lacks
 * and {@code sync -f} offers; forcing each of many small files takes minutes.
 */
final class DiskSync {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int LIMIT = 4096;

  private DiskSync() {}

  static void tree(Path folder) throws IOException {
    ChildProcess.Command command =
        ChildProcess.Command.of(
            List.of("sync", "-f", "--", folder.toString()),
            Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C.UTF-8"));
    try {
      if (ChildProcess.run(command, null, PATIENCE, LIMIT).succeeded()) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing to the disk");
    } catch (IOException e) {
      // There is no such program here: the slow way below does the same.
    }
    forceEach(folder);
  }

  private static void forceEach(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              force(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
              throws IOException {
            force(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
