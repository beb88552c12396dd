package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.common.Messages;
import dev.quayside.common.Quantities;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists the files of a folder with weights that is left out, so that it is known afterwards what
 * was there. Nothing is read: a checksum is told where the file's name is one, as with Ollama and
 * in the cache of Hugging Face.
 */
final class WeightsList implements FolderWalk.Visitor {

  /** Smaller files are settings and licences. */
  private static final long LEAST = 1 << 20;

  private static final int MOST = 200;
  private static final Pattern NAMED = Pattern.compile("(?:.*/)?blobs/(?:sha256-)?([0-9a-f]{64})");
  private static final Messages MESSAGES = Messages.of("backup");

  private final List<BackupScope.LeftOut> listed = new ArrayList<>();
  private int more;

  private WeightsList() {}

  /** Returns the large files in {@code folder}, as far as they can be seen. */
  static List<BackupScope.LeftOut> of(Path folder) {
    WeightsList list = new WeightsList();
    try {
      FolderWalk.walk(folder, list);
    } catch (IOException unseen) {
      return list.listed;
    }
    if (list.more > 0) {
      String rest = MESSAGES.get("left.weights.more", list.more);
      list.listed.add(new BackupScope.LeftOut(folder.toString(), rest));
    }
    return list.listed;
  }

  @Override
  public void found(Path path, RawPath relative, FileFacts facts) {
    if (facts.kind() != FileFacts.Kind.FILE || facts.size() < LEAST) {
      return;
    }
    if (listed.size() == MOST) {
      more++;
      return;
    }
    String size = Quantities.bytes(facts.size());
    Matcher named = NAMED.matcher(relative.toString());
    String time =
        Instant.ofEpochSecond(facts.modified().seconds())
            .truncatedTo(ChronoUnit.SECONDS)
            .toString();
    String reason =
        named.matches()
            ? MESSAGES.get("left.weights.named", size, named.group(1))
            : MESSAGES.get("left.weights.file", size, time);
    listed.add(new BackupScope.LeftOut(path.toString(), reason));
  }

  @Override
  public void unreadable(Path path, IOException why) {
    // It is left out anyway.
  }
}
