package dev.quayside.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Compares the files in a folder with those by which a kind of stack is recognised. */
final class FolderSigns {

  private static final int LARGEST = 1024 * 1024;

  private FolderSigns() {}

  static boolean fit(Recognition recognition, Path root) {
    return !recognition.files().isEmpty()
        && recognition.files().stream().allMatch(file -> there(root, file))
        && recognition.withoutFiles().stream().noneMatch(file -> there(root, file))
        && recognition.texts().entrySet().stream().allMatch(text -> holds(root, text));
  }

  private static boolean there(Path root, String file) {
    return file.endsWith("/")
        ? Files.isDirectory(root.resolve(file))
        : Files.isRegularFile(root.resolve(file));
  }

  /** Leaves out what YAML does not read; a hash sign in a word begins no comment. */
  private static String withoutComment(String line) {
    if (line.stripLeading().startsWith("#")) {
      return "";
    }
    int comment = line.indexOf(" #");
    return comment < 0 ? line : line.substring(0, comment);
  }

  private static boolean holds(Path root, Map.Entry<String, String> text) {
    Path file = root.resolve(text.getKey());
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return new String(stream.readNBytes(LARGEST), StandardCharsets.ISO_8859_1)
          .lines()
          .map(FolderSigns::withoutComment)
          .anyMatch(line -> line.contains(text.getValue()));
    } catch (IOException unreadable) {
      return false;
    }
  }
}
