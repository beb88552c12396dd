package dev.quayside.backup;

import static dev.quayside.backup.ArchiveException.Reason;

import dev.quayside.backup.tar.RawPath;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Writes and reads plans. */
final class ArchivePlans {

  /** Version of the archive's format that is written; also the newest that is read. */
  static final int FORMAT = 1;

  /** Most bytes of a plan that are read. */
  static final int MOST_BYTES = 4 << 20;

  /** Most entries of any archive, whatever its plan says. */
  static final long MOST_ENTRIES = 1_000_000;

  private static final long MOST_CONTENT = 1L << 50;

  /** What writers call dumps; a name that a shell would take apart is none of theirs. */
  private static final Pattern DUMP =
      Pattern.compile("databases/[A-Za-z0-9_%-][A-Za-z0-9._%-]*/[A-Za-z0-9_%-][A-Za-z0-9._%-]*");

  private static final Pattern VOLUME = Pattern.compile("volumes/[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private ArchivePlans() {}

  private static boolean wellNamed(ArchivePlan.Part part) {
    return switch (part.kind()) {
      case FOLDER, FILE -> part.path() != null;
      case POSTGRES_DUMP, POSTGRES_GLOBALS, MONGO_DUMP -> DUMP.matcher(part.path()).matches();
      case VOLUME -> VOLUME.matcher(part.path()).matches();
      case LAYER -> below(part, EntryGuard.LAYERS);
      case SQLITE, REDIS_DUMP ->
          below(part, EntryGuard.FILES)
              || below(part, EntryGuard.VOLUMES)
              || below(part, EntryGuard.LAYERS);
    };
  }

  private static boolean below(ArchivePlan.Part part, RawPath top) {
    RawPath path = RawPath.of(part.path());
    return path.within(top) && !path.equals(top);
  }

  static byte[] write(ArchivePlan plan) {
    return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(plan);
  }

  /** Reads a plan and checks what a reader relies on. */
  static ArchivePlan read(byte[] bytes) throws ArchiveException {
    try {
      JsonNode tree = Json.MAPPER.readTree(bytes);
      if (tree.path("format").asInt(0) > FORMAT) {
        throw new ArchiveException(Reason.NEWER_FORMAT, "format " + tree.path("format"));
      }
      ArchivePlan plan = Json.MAPPER.treeToValue(tree, ArchivePlan.class);
      boolean sane =
          plan.format() == FORMAT
              && plan.id().equals(UUID.fromString(plan.id()).toString())
              && plan.mostBytes() >= 0
              && plan.mostBytes() <= MOST_CONTENT
              && plan.mostEntries() >= 0
              && plan.mostEntries() <= MOST_ENTRIES
              && plan.parts().stream()
                  .allMatch(part -> part.bytes() >= 0 && part.bytes() <= MOST_CONTENT)
              && plan.parts().stream().allMatch(ArchivePlans::wellNamed)
              && plan.created() != null
              && plan.stack() != null;
      if (!sane) {
        throw new ArchiveException(Reason.BAD_PLAN, "its numbers or its id make no sense");
      }
      return plan;
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      throw new ArchiveException(Reason.BAD_PLAN, "it is no plan", e);
    }
  }
}
