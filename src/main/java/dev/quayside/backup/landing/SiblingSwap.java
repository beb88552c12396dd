package dev.quayside.backup.landing;

import dev.quayside.backup.PartStaging;
import dev.quayside.common.AtomicFiles;
import dev.quayside.common.StepBoundary;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Exchanges a folder for its restored sibling by two renames, and back. Each of them may be cut off
 * anywhere and called again: the old folder is where the kept name is, if there is one, and else
 * still in its place.
 */
final class SiblingSwap {

  private final StepBoundary steps;

  SiblingSwap(StepBoundary steps) {
    this.steps = steps;
  }

  /** Puts the new folder in the place of the old one. */
  void forward(LandingRecord.FolderSwap swap) throws IOException {
    if (there(swap.keptPath())) {
      throw new FileAlreadyExistsException(swap.keptPath().toString());
    }
    move(swap.livePath(), swap.keptPath());
    steps.reached(LandingStep.FOLDER_ASIDE.label());
    move(swap.stagedPath(), swap.livePath());
    AtomicFiles.force(parent(swap.livePath()));
    steps.reached(LandingStep.FOLDER_PLACED.label());
  }

  /**
   * Puts the old folder back in its place, where it is not; nothing is removed, so that this works
   * as long as renaming does.
   *
   * @return false if the new folder is in use and the old one is nowhere, because somebody else
   *     removed it
   */
  boolean back(LandingRecord.FolderSwap swap) throws IOException {
    if (!there(swap.keptPath())) {
      // Not yet put aside, or back already: then the new one lies beside it.
      if (there(swap.livePath()) || !there(swap.stagedPath())) {
        return there(swap.stagedPath());
      }
      move(swap.stagedPath(), swap.livePath()); // somebody removed the old one in between
      return false;
    }
    if (there(swap.livePath())) {
      withdraw(swap);
      steps.reached(LandingStep.FOLDER_WITHDRAWN.label());
    } else if (!there(swap.stagedPath())) {
      Files.createDirectory(swap.stagedPath());
    }
    move(swap.keptPath(), swap.livePath());
    AtomicFiles.force(parent(swap.livePath()));
    steps.reached(LandingStep.FOLDER_BACK.label());
    return true;
  }

  /** Returns whether the old folder is still kept. */
  static boolean keeps(LandingRecord.FolderSwap swap) {
    return there(swap.keptPath());
  }

  /** A container with this mount makes an empty folder where there is none. */
  private static void withdraw(LandingRecord.FolderSwap swap) throws IOException {
    if (there(swap.stagedPath())) {
      try {
        Files.delete(swap.livePath());
        return;
      } catch (DirectoryNotEmptyException used) {
        PartStaging.remove(swap.stagedPath());
      }
    }
    move(swap.livePath(), swap.stagedPath());
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean there(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static Path parent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException("no folder above " + path);
    }
    return parent;
  }
}
