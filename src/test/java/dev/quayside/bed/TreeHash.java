package dev.quayside.bed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Hashes a whole tree: names, content, owners, modes and times of change. */
public final class TreeHash {

  private TreeHash() {}

  /** Returns the hash of everything in and below {@code root}. */
  public static String of(Path root) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.sorted().toList();
    }
    for (Path path : paths) {
      var attributes =
          Files.readAttributes(
              path, "unix:mode,uid,gid,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
      String line = root.relativize(path) + "\n" + new java.util.TreeMap<>(attributes) + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
      if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        digest.update(Files.readAllBytes(path));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
