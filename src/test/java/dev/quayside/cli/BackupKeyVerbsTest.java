package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.keys.KeyOperations;
import dev.quayside.backup.keys.KeyShelf;
import dev.quayside.common.Home;
import dev.quayside.journal.Journal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the verbs on keys on a home of their own. */
class BackupKeyVerbsTest {

  private static final InstantSource TIME =
      InstantSource.fixed(Instant.parse("2026-11-22T10:20:30Z"));

  @TempDir private Path folder;
  private Home home;
  private StringWriter out;
  private StringWriter err;

  @BeforeEach
  void setUp() throws Exception {
    home = new Home(folder.resolve("c"), folder.resolve("s"), folder.resolve("k"));
    home.create();
    Files.writeString(folder.resolve("pass"), "open sesame\n");
    Files.writeString(folder.resolve("wrong"), "open barley\n");
  }

  @Test
  void aKeyIsMadeCheckedListedExportedAndRemoved() throws Exception {
    String kit = folder.resolve("kit.txt").toString();
    String pass = folder.resolve("pass").toString();

    assertThat(run("create", "--owner", "Ada", "--kit", kit, "--passphrase-file", pass)).isZero();
    String fingerprint = new KeyShelf(home).list().getFirst().fingerprint();
    assertThat(out.toString()).contains(fingerprint).contains("Print the kit");

    assertThat(run("list")).isZero();
    assertThat(out.toString())
        .contains(fingerprint)
        .contains("never checked")
        .contains("are signed by");
    assertThat(run("check", fingerprint, "--passphrase-file", folder.resolve("wrong").toString()))
        .isEqualTo(ExitCode.FINDINGS.code());
    assertThat(out.toString()).contains("NOT the passphrase");
    assertThat(
            run("check", fingerprint.substring(30), "--secret-key", kit, "--passphrase-file", pass))
        .isZero();
    assertThat(run("list")).isZero();
    assertThat(out.toString()).doesNotContain("never checked");
    assertThat(run("export", fingerprint, "--to", folder.resolve("pub").toString())).isZero();
    assertThat(run("kit", fingerprint, "--to", kit)).isEqualTo(ExitCode.REFUSED.code());
    assertThat(run("remove", fingerprint)).isEqualTo(ExitCode.REFUSED.code());
    assertThat(run("remove", fingerprint, "--with-secret")).isZero();
    assertThat(run("import", folder.resolve("pub").toString())).isZero();
  }

  @Test
  void documentsKeepToTheirSchemas() throws Exception {
    String pass = folder.resolve("pass").toString();
    String kit = folder.resolve("kit.txt").toString();
    run("create", "--owner", "A", "--kit", kit, "--passphrase-file", pass, "--json");
    assertThat(Schemas.faults(out.toString())).isEmpty();
    String fingerprint = new KeyShelf(home).list().getFirst().fingerprint();
    run("list", "--json");
    assertThat(Schemas.faults(out.toString())).isEmpty();
    run("check", fingerprint, "--passphrase-file", pass, "--json");
    assertThat(Schemas.faults(out.toString())).isEmpty();
    run("list", "--json");
    assertThat(Schemas.faults(out.toString())).isEmpty();
    run("remove", fingerprint, "--json");
    assertThat(Schemas.faults(out.toString())).isEmpty();
  }

  private int run(String... arguments) throws Exception {
    out = new StringWriter();
    err = new StringWriter();
    Journal journal = Journal.open(home, TIME);
    Session session =
        (Session)
            Proxy.newProxyInstance(
                Session.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (proxy, method, given) ->
                    switch (method.getName()) {
                      case "recover" -> List.of();
                      case "keyShelf" -> new KeyShelf(home);
                      case "keys" -> new KeyOperations(home, journal, TIME);
                      case "clock" -> TIME;
                      case "close" -> null;
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    CommandLine line = new QuaysideCommand(options -> session).commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    java.util.ArrayList<String> all = new java.util.ArrayList<>(List.of("backup", "key"));
    all.addAll(List.of(arguments));
    return line.execute(all.toArray(String[]::new));
  }
}
