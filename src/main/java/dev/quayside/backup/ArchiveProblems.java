package dev.quayside.backup;

import dev.quayside.backup.tar.TarException;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import dev.quayside.pgp.PgpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Words what can go wrong with an archive; each cause has its own problem. */
final class ArchiveProblems {

  private static final int LONGEST_DETAIL = 400;
  private static final Messages MESSAGES = Messages.of("backup");

  private ArchiveProblems() {}

  /** Returns the problem {@code code} about {@code file}. */
  static Problem of(String code, Path file, Object... more) {
    Object[] arguments = new Object[more.length + 1];
    arguments[0] = ForeignText.line(file.toString(), LONGEST_DETAIL);
    System.arraycopy(more, 0, arguments, 1, more.length);
    return MESSAGES.problem(code, arguments);
  }

  /** Words why reading or writing the archive {@code file} failed. */
  static Problem of(IOException e, Path file) {
    if (e instanceof RefusedException refused) {
      return refused.problem();
    }
    String code = empty(e, file) ? "BACKUP-EMPTY-FILE" : code(e);
    String detail = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return of(code, file).withDetail(ForeignText.line(detail, LONGEST_DETAIL));
  }

  private static boolean empty(IOException e, Path file) {
    try {
      return e instanceof PgpException pgp
          && pgp.reason() == PgpException.Reason.NOT_OPENPGP
          && Files.size(file) == 0;
    } catch (IOException gone) {
      return false;
    }
  }

  /** Returns whether the archive itself is at fault, so that a verification has an answer: no. */
  static boolean fault(IOException e) {
    return switch (e) {
      case TarException tar -> true;
      case ArchiveException archive -> archive.reason() != ArchiveException.Reason.NEWER_FORMAT;
      case PgpException pgp ->
          switch (pgp.reason()) {
            case NOT_OPENPGP,
                NOT_ENCRYPTED,
                NO_INTEGRITY,
                CUT_SHORT,
                ALTERED,
                BAD_SIGNATURE,
                UNREADABLE_INSIDE,
                TRAILING_DATA ->
                true;
            case NEWER_FORMAT,
                REFUSED_ALGORITHM,
                WRONG_PASSPHRASE,
                KEY_NEEDED,
                PASSPHRASE_NEEDED,
                NO_MATCHING_KEY,
                WRONG_KEY_PASSPHRASE,
                UNUSABLE_KEY ->
                false;
          };
      default -> false;
    };
  }

  private static String code(IOException e) {
    return switch (e) {
      case PgpException pgp -> code(pgp.reason());
      case TarException tar -> code(tar.reason());
      case ArchiveException archive -> code(archive.reason());
      case CancelledException cancelled -> "BACKUP-CANCELLED";
      case TargetException target when target.gone() -> "BACKUP-TARGET-GONE";
      case SourceException source -> "BACKUP-SOURCE-FAILED";
      case IOException full when Reasons.diskFull(full) -> "BACKUP-DISK-FULL";
      default -> "BACKUP-TARGET-FAILED";
    };
  }

  private static String code(PgpException.Reason reason) {
    return switch (reason) {
      case NOT_OPENPGP -> "BACKUP-NOT-OPENPGP";
      case NOT_ENCRYPTED -> "BACKUP-NOT-ENCRYPTED";
      case NO_INTEGRITY -> "BACKUP-NO-INTEGRITY";
      case NEWER_FORMAT -> "BACKUP-NEWER-OPENPGP";
      case REFUSED_ALGORITHM -> "BACKUP-REFUSED-ALGORITHM";
      case WRONG_PASSPHRASE -> "BACKUP-WRONG-PASSPHRASE";
      case KEY_NEEDED -> "BACKUP-KEY-NEEDED";
      case PASSPHRASE_NEEDED -> "BACKUP-PASSPHRASE-NEEDED";
      case NO_MATCHING_KEY -> "BACKUP-OTHER-KEY";
      case WRONG_KEY_PASSPHRASE -> "BACKUP-KEY-LOCKED";
      case UNUSABLE_KEY -> "BACKUP-KEY-UNUSABLE";
      case CUT_SHORT -> "BACKUP-CUT-SHORT";
      case ALTERED -> "BACKUP-ALTERED";
      case BAD_SIGNATURE -> "BACKUP-BAD-SIGNATURE";
      case UNREADABLE_INSIDE -> "BACKUP-STRANGE-MESSAGE";
      case TRAILING_DATA -> "BACKUP-TRAILING-DATA";
    };
  }

  private static String code(TarException.Reason reason) {
    return switch (reason) {
      case BAD_HEADER -> "BACKUP-TAR-HEADER";
      case CUT_SHORT -> "BACKUP-TAR-CUT";
      case TRAILING_DATA -> "BACKUP-TAR-TRAILING";
      case UNSAFE_PATH -> "BACKUP-UNSAFE-PATH";
      case TOO_LONG -> "BACKUP-LONG-PATH";
      case REFUSED_TYPE -> "BACKUP-REFUSED-TYPE";
    };
  }

  private static String code(ArchiveException.Reason reason) {
    return switch (reason) {
      case BAD_COMPRESSION -> "BACKUP-COMPRESSION";
      case NO_PLAN -> "BACKUP-NO-PLAN";
      case BAD_PLAN -> "BACKUP-BAD-PLAN";
      case NEWER_FORMAT -> "BACKUP-NEWER-FORMAT";
      case NO_SEAL -> "BACKUP-NO-SEAL";
      case BAD_SEAL -> "BACKUP-BAD-SEAL";
      case DIFFERS_FROM_SEAL -> "BACKUP-DIFFERS";
      case DUPLICATE -> "BACKUP-DUPLICATE";
      case MISPLACED -> "BACKUP-MISPLACED";
      case TOO_MUCH -> "BACKUP-TOO-MUCH";
      case BAD_SEGMENTS -> "BACKUP-SEGMENTS";
    };
  }
}
