package dev.quayside.backup.landing;

import dev.quayside.backup.PartStaging;
import dev.quayside.backup.PartStaging.Refusal;
import dev.quayside.common.Messages;
import dev.quayside.common.MountPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Refuses what could end half done. */
final class LandingGuards {

  private static final Messages MESSAGES = Messages.of("landing");

  private LandingGuards() {}

  /** Returns the folder itself, whatever links lead to it, if it can be exchanged for a sibling. */
  static Path exchangeable(Path folder) throws IOException, Refusal {
    Path live = folder.toRealPath();
    Path parent = live.getParent();
    if (parent == null
        || !Files.isDirectory(live, LinkOption.NOFOLLOW_LINKS)
        || !PartStaging.safeIn(parent)
        || !Files.isWritable(parent)) {
      throw refusal("LANDING-PARENT", live);
    }
    if (!Files.getAttribute(live, "unix:dev").equals(Files.getAttribute(parent, "unix:dev"))) {
      throw refusal("LANDING-MOUNT-POINT", live);
    }
    List<Path> mounted = MountPoints.within(live);
    if (!mounted.isEmpty()) {
      // It would move along, and be emptied with the set that is not needed any more.
      throw refusal("LANDING-MOUNT-POINT", mounted.getFirst());
    }
    return live;
  }

  /** Refuses a set that is not whole, or that could not be written as it was. */
  static void whole(PartStaging.Staged staged, LandingRecord record, boolean unknownOrigin)
      throws Refusal {
    if (!staged.origin().known() && !unknownOrigin) {
      throw refusal("LANDING-ORIGIN", record.stack());
    }
    if (!staged.unread().isEmpty()) {
      throw refusal("LANDING-INCOMPLETE", staged.unread().size());
    }
    if (!staged.ownersKept()) {
      throw refusal("LANDING-OWNERS", record.stack());
    }
    if (!staged.origin().known() && !staged.outsideLinks().isEmpty()) {
      throw refusal("LANDING-LINKS", staged.outsideLinks().size());
    }
    for (LandingRecord.FolderSwap each : record.folders()) {
      if (!Files.isDirectory(each.stagedPath(), LinkOption.NOFOLLOW_LINKS)) {
        throw refusal("LANDING-PART-MISSING", each.part());
      }
    }
    for (LandingRecord.DatabaseSwap each : record.databases()) {
      if (!Files.isRegularFile(
          record.dumpsPath().resolve(each.file()), LinkOption.NOFOLLOW_LINKS)) {
        throw refusal("LANDING-PART-MISSING", each.part());
      }
    }
  }

  private static Refusal refusal(String code, Object... arguments) {
    return new Refusal(MESSAGES.problem(code, arguments));
  }
}
