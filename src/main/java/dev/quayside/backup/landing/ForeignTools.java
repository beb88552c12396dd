package dev.quayside.backup.landing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Holds how the server's own tools are called on a dump that nobody vouches for.
 *
 * @param role who loads it
 * @param connection the new database
 */
record ForeignTools(String role, String connection) {

  private static final byte[] CUSTOM = "PGDMP".getBytes(StandardCharsets.US_ASCII);

  /** Returns whether {@code dump}, which is not moved on, is in PostgreSQL's own format. */
  static boolean custom(InputStream dump) throws IOException {
    dump.mark(CUSTOM.length);
    byte[] head = dump.readNBytes(CUSTOM.length);
    dump.reset();
    return Arrays.equals(head, CUSTOM);
  }

  /** Puts in front of SQL what makes psql take no command any more but the one nobody can guess. */
  static InputStream restricted(InputStream sql) {
    String begin = "\\restrict " + UUID.randomUUID().toString().replace("-", "") + "\n";
    return new SequenceInputStream(
        new ByteArrayInputStream(begin.getBytes(StandardCharsets.US_ASCII)), sql);
  }

  /** Owners, rights and what only a superuser may make are left out. */
  List<String> restore() {
    return List.of(
        "pg_restore",
        "--exit-on-error",
        "--no-password",
        "--no-owner",
        "--no-privileges",
        "--no-publications",
        "--no-subscriptions",
        "--no-security-labels",
        "--no-tablespaces",
        "--username=" + role,
        "--dbname=" + connection);
  }

  /** What goes wrong ends it, and its words hold no rows. */
  List<String> psql() {
    return List.of(
        "psql",
        "--no-psqlrc",
        "--no-password",
        "--quiet",
        "--set=ON_ERROR_STOP=1",
        "--set=VERBOSITY=terse",
        "--set=SHOW_CONTEXT=never",
        "--output=/dev/null",
        "--username=" + role,
        "--dbname=" + connection,
        "--file=-");
  }
}
