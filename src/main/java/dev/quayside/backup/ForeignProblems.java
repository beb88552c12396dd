package dev.quayside.backup;

import dev.quayside.backup.foreign.ContentKind;
import dev.quayside.backup.foreign.SqlRefusal;
import dev.quayside.backup.tar.TarException;
import dev.quayside.common.ForeignText;
import dev.quayside.common.Messages;
import dev.quayside.common.Problem;
import java.io.IOException;
import java.nio.file.Path;

/** Words what can be wrong with a file of other origin; each cause has its own problem. */
final class ForeignProblems {

  private static final int LONGEST_DETAIL = 400;
  private static final Messages MESSAGES = Messages.of("foreign");

  private ForeignProblems() {}

  /** Returns the problem {@code code} about {@code file}. */
  static Problem of(String code, Path file, Object... more) {
    Object[] arguments = new Object[more.length + 1];
    arguments[0] = ForeignText.line(file.toString(), LONGEST_DETAIL);
    System.arraycopy(more, 0, arguments, 1, more.length);
    return MESSAGES.problem(code, arguments);
  }

  /** Words why reading {@code file} failed. */
  static Problem of(IOException e, Path file) {
    String code =
        switch (e) {
          case TarException tar -> code(tar.reason());
          case ArchiveException archive -> code(archive.reason());
          case SqlRefusal sql -> code(sql.reason());
          default -> null;
        };
    return code == null
        ? ArchiveProblems.of(e, file)
        : of(code, file)
            .withDetail(ForeignText.line(String.valueOf(e.getMessage()), LONGEST_DETAIL));
  }

  /** Words why reading {@code file} failed; of one that is not encrypted without a way by gpg. */
  static Problem of(IOException e, Path file, boolean encrypted) {
    Problem problem = of(e, file);
    return encrypted || problem.command() == null
        ? problem
        : new Problem(
            problem.code(),
            problem.title(),
            problem.happened(),
            problem.unchanged(),
            problem.nextStep(),
            null,
            problem.detail());
  }

  /**
   * Words that {@code kind} cannot be restored.
   *
   * @param encrypted whether gpg has to open the file first
   */
  static Problem of(ContentKind kind, Path file, boolean encrypted) {
    String packed = encrypted ? "FOREIGN-PACKED" : "FOREIGN-PACKED-PLAIN";
    String name = ForeignText.line(file.toString(), LONGEST_DETAIL);
    return switch (kind) {
      case XZ -> MESSAGES.problem(packed, name, "xz", "xz");
      case BZIP2 -> MESSAGES.problem(packed, name, "bzip2", "bzip2");
      case LZ4 -> MESSAGES.problem(packed, name, "lz4", "lz4");
      case GZIP, ZSTD, OPENPGP -> MESSAGES.problem("FOREIGN-NESTED", name, name(kind));
      case EMPTY -> MESSAGES.problem("FOREIGN-EMPTY", name);
      default -> MESSAGES.problem("FOREIGN-UNKNOWN", name, name(kind));
    };
  }

  /** Names a kind for people. */
  static String name(ContentKind kind) {
    return switch (kind) {
      case OURS -> MESSAGES.get("kind.ours");
      case TAR -> MESSAGES.get("kind.tar");
      case CUSTOM_DUMP -> MESSAGES.get("kind.custom-dump");
      case SQL -> MESSAGES.get("kind.sql");
      case GZIP -> MESSAGES.get("kind.gzip");
      case ZSTD -> MESSAGES.get("kind.zstd");
      case XZ -> MESSAGES.get("kind.xz");
      case BZIP2 -> MESSAGES.get("kind.bzip2");
      case ZIP -> MESSAGES.get("kind.zip");
      case SEVEN_ZIP -> MESSAGES.get("kind.7z");
      case LZ4 -> MESSAGES.get("kind.lz4");
      case SQLITE -> MESSAGES.get("kind.sqlite");
      case REDIS -> MESSAGES.get("kind.redis");
      case MONGO_DUMP -> MESSAGES.get("kind.mongo-dump");
      case OPENPGP -> MESSAGES.get("kind.openpgp");
      case EMPTY -> MESSAGES.get("kind.empty");
      case UNKNOWN -> MESSAGES.get("kind.unknown");
    };
  }

  private static String code(TarException.Reason reason) {
    return switch (reason) {
      case BAD_HEADER, CUT_SHORT, TRAILING_DATA -> "FOREIGN-TAR-DAMAGED";
      case UNSAFE_PATH -> "FOREIGN-UNSAFE-PATH";
      case TOO_LONG -> "FOREIGN-LONG-PATH";
      case REFUSED_TYPE -> "FOREIGN-REFUSED-TYPE";
    };
  }

  private static String code(SqlRefusal.Reason reason) {
    return switch (reason) {
      case COMMAND -> "FOREIGN-SQL-COMMAND";
      case OTHER_DATABASE -> "FOREIGN-SQL-OTHER-DATABASE";
      case SERVER -> "FOREIGN-SQL-SERVER";
      case COPY -> "FOREIGN-SQL-COPY";
      case SESSION -> "FOREIGN-SQL-SESSION";
      case NO_TEXT, CUT_SHORT -> "FOREIGN-SQL-DAMAGED";
    };
  }

  private static String code(ArchiveException.Reason reason) {
    return switch (reason) {
      case BAD_COMPRESSION -> "FOREIGN-COMPRESSION";
      case DUPLICATE -> "FOREIGN-DUPLICATE";
      case TOO_MUCH -> "FOREIGN-TOO-MUCH";
      case MISPLACED,
          NO_PLAN,
          BAD_PLAN,
          NEWER_FORMAT,
          NO_SEAL,
          BAD_SEAL,
          DIFFERS_FROM_SEAL,
          BAD_SEGMENTS ->
          "FOREIGN-MISPLACED"; // only the first of them comes of a tar stream alone
    };
  }
}
