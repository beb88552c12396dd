package dev.quayside.backup;

import dev.quayside.common.AtomicFiles;
import dev.quayside.common.Messages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the plain text beside an archive that says how it is opened without Quayside. It holds no
 * secret.
 */
final class RecoveryCard {

  private static final String SUFFIX = ".txt";
  private static final Messages MESSAGES = Messages.of("backup");

  private RecoveryCard() {}

  static Path path(Path archive) {
    return archive.resolveSibling(archive.getFileName() + SUFFIX);
  }

  /** Writes the card if there is none yet. */
  static void write(Path archive, Compression compression, String id) throws IOException {
    Path card = path(archive);
    Path hidden = ArchiveFile.part(card);
    AtomicFiles.delete(hidden);
    if (Files.exists(card)) {
      return;
    }
    String option =
        switch (compression) {
          case ZSTD -> "--zstd";
          case GZIP -> "-z";
        };
    String text = MESSAGES.get("card.text", archive.getFileName().toString(), option, id);
    AtomicFiles.create(hidden, text.getBytes(StandardCharsets.UTF_8));
    try {
      // Half a card would pass for one for ever, so it gets its name when it is whole.
      ArchiveFile.name(hidden, card);
    } finally {
      AtomicFiles.delete(hidden);
    }
  }
}
