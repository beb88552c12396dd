package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a folder can be read with everything in it; stops at the first thing that not. */
final class Readability implements FolderWalk.Visitor {

  /** Signals that something cannot be read. */
  private static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;
  }

  private Readability() {}

  static boolean whole(Path folder) {
    try {
      FolderWalk.walk(folder, new Readability());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void found(Path path, RawPath relative, FileFacts facts) throws IOException {
    boolean readable =
        switch (facts.kind()) {
          case FILE -> Files.isReadable(path);
          case FOLDER -> Files.isReadable(path) && Files.isExecutable(path);
          case LINK, SOCKET, PIPE, DEVICE -> true;
        };
    if (!readable) {
      throw new Unreadable();
    }
  }

  @Override
  public void unreadable(Path path, IOException why) throws IOException {
    throw why;
  }
}
