package dev.quayside.backup.schedule;

import dev.quayside.common.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows a target folder again by a small file in it. A mount point looks like a folder when its
 * disk is not plugged in, and devices get other numbers each time; so neither says that it is the
 * right one.
 */
final class FolderMark {

  /** Name of the file. */
  static final String NAME = ".quayside-target";

  private static final int LARGEST = 200;
  private static final Pattern MARK = Pattern.compile("[0-9a-f-]{36}");

  private FolderMark() {}

  /** Returns the folder's mark, making it if there is none. */
  static String of(Path folder) throws IOException {
    String found = read(folder);
    if (found != null) {
      return found;
    }
    String mark = UUID.randomUUID().toString();
    AtomicFiles.replace(folder.resolve(NAME), (mark + "\n").getBytes(StandardCharsets.UTF_8));
    return mark;
  }

  /** Returns whether {@code folder} is there and is the one that was marked so. */
  static boolean present(Path folder, String mark) {
    try {
      return mark.equals(read(folder));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static @Nullable String read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
        return null;
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      return MARK.matcher(text).matches() ? text : null;
    } catch (NoSuchFileException none) {
      return null;
    }
  }
}
