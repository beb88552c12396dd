package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.common.Progress;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Counts what is in a folder before it is saved, so that the plan, the progress and the check of
 * room have a total.
 */
final class FolderSurvey implements FolderWalk.Visitor {

  private final Progress progress;
  private long bytes;
  private long entries = 1;

  private FolderSurvey(Progress progress) {
    this.progress = progress;
  }

  /**
   * What was found.
   *
   * @param bytes size of all files; a file with several names counts each time
   * @param entries number of files, folders and links, the folder itself included
   */
  record Count(long bytes, long entries) {}

  static Count of(Path folder, Progress progress) throws IOException {
    FolderSurvey survey = new FolderSurvey(progress);
    try {
      FolderWalk.walk(folder, survey);
    } catch (FileSystemException e) {
      // It cannot be listed. The capture meets the same and notes it as unread.
    }
    return new Count(survey.bytes, survey.entries);
  }

  @Override
  public void found(Path path, RawPath relative, FileFacts facts) throws IOException {
    entries++;
    if (facts.kind() == FileFacts.Kind.FILE) {
      bytes += facts.size();
    }
    if (progress.cancelled()) {
      throw new CancelledException();
    }
  }

  @Override
  public void unreadable(Path path, IOException why) {
    entries++;
  }
}
