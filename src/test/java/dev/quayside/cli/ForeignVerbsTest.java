package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.BackupVerification;
import dev.quayside.backup.ForeignArchives;
import dev.quayside.backup.Preview;
import dev.quayside.backup.Restore;
import dev.quayside.backup.landing.LandingParts;
import dev.quayside.backup.landing.StackRestore;
import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Home;
import dev.quayside.common.StepBoundary;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.journal.Journal;
import dev.quayside.pgp.Gnupg;
import dev.quayside.stack.Stacks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the verbs on what the guides' own commands make. */
@Timeout(120)
class ForeignVerbsTest {

  private static final InstantSource TIME =
      InstantSource.fixed(Instant.parse("2026-11-22T10:20:30Z"));

  @TempDir private Path folder;
  private Home home;
  private Gnupg gpg;
  private String words;
  private StringWriter out;
  private StringWriter err;

  @BeforeEach
  void setUp() throws Exception {
    home = new Home(folder.resolve("c"), folder.resolve("s"), folder.resolve("k"));
    home.create();
    gpg = new Gnupg();
    words = Files.writeString(folder.resolve("pass"), "open sesame\n").toString();
  }

  @AfterEach
  void end() throws Exception {
    gpg.close();
  }

  @Test
  void whatTarAndGpgMadeIsPreviewedVerifiedAndRestoredOnAYes() throws Exception {
    String file = guide();
    String target = folder.resolve("restored").toString();

    assertThat(run("preview", file, "--passphrase-file", words)).isZero();
    assertThat(out.toString())
        .contains("holds a tar archive", "Without a seal, origin unknown", "data/", "2 entries.")
        .contains("No more than that is proven");
    assertThat(run("verify", file, "--passphrase-file", words)).isZero();
    assertThat(out.toString()).contains("nobody altered it who has neither passphrase nor key");
    assertThat(run("restore", file, "--to", target, "--passphrase-file", words))
        .isEqualTo(ExitCode.REFUSED.code());
    assertThat(err.toString()).contains("FOREIGN-ORIGIN", "--unknown-origin");
    assertThat(Path.of(target)).doesNotExist();
    assertThat(run("restore", file, "--to", target, "--passphrase-file", words, "--unknown-origin"))
        .isZero();
    assertThat(Path.of(target, "data/file")).hasContent("content");
  }

  @Test
  void documentsKeepToTheirSchemas() throws Exception {
    String file = guide();
    String target = folder.resolve("restored").toString();
    Path damaged = folder.resolve("damaged.gpg");
    byte[] bytes = Files.readAllBytes(Path.of(file));
    bytes[bytes.length - 1] ^= 1;
    Files.write(damaged, bytes);
    Path sql = Files.writeString(folder.resolve("dump.sql"), "\\! x\n");

    assertThat(document("preview", file)).isZero();
    assertThat(document("verify", damaged.toString())).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(out.toString()).contains("BACKUP-ALTERED");
    assertThat(document("verify", sql.toString())).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(out.toString()).contains("FOREIGN-SQL-COMMAND").doesNotContain("FOREIGN-PLAIN");
    Path fine = Files.writeString(folder.resolve("fine.sql"), "select 1;\n");
    assertThat(document("verify", fine.toString())).isEqualTo(ExitCode.ATTENTION.code());
    assertThat(out.toString()).contains("FOREIGN-PLAIN");
    assertThat(document("restore", file, "--to", target)).isEqualTo(ExitCode.REFUSED.code());
    assertThat(document("restore", file, "--to", target, "--unknown-origin")).isZero();
    assertThat(document("restore", file, "--to", target, "--unknown-origin"))
        .isEqualTo(ExitCode.REFUSED.code());
    assertThat(out.toString()).contains("BACKUP-NOT-EMPTY");
    Path strange = Files.write(folder.resolve("strange"), new byte[] {1, 2, 3});
    assertThat(document("restore", strange.toString(), "--to", target + "2", "--unknown-origin"))
        .isEqualTo(ExitCode.FAILED.code());
    assertThat(out.toString()).contains("FOREIGN-UNKNOWN");
  }

  @Test
  void whatIsNotEncryptedIsJudgedWithoutAPassphrase() throws Exception {
    String sql = Files.writeString(folder.resolve("dump.sql"), "select 1;\n").toString();
    String evil = Files.writeString(folder.resolve("evil.sql"), "\\! x\n").toString();
    byte[] xz = {(byte) 0xFD, '7', 'z', 'X', 'Z', 0, 0, 0};
    String packed = Files.write(folder.resolve("dump.sql.xz"), xz).toString();
    String strange = Files.write(folder.resolve("strange"), new byte[] {1, 2, 3}).toString();

    assertThat(run("verify", evil)).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(out + "" + err).contains("IT WOULD NOT BE SENT").doesNotContain("well-formed");
    assertThat(run("preview", packed)).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(out.toString()).contains("xz -d < '" + packed + "'").doesNotContain("gpg");
    assertThat(run("verify", strange)).isEqualTo(ExitCode.FINDINGS.code());
    assertThat(out.toString()).contains("no OpenPGP file");
    for (String[] yes : new String[][] {{"--unknown-origin"}, {}}) {
      List<String> all = new ArrayList<>(List.of("restore", sql, "--stack", "llm-infrastructure"));
      all.addAll(List.of(yes));
      assertThat(run(all.toArray(String[]::new))).isEqualTo(ExitCode.REFUSED.code());
      assertThat(err.toString()).contains("Add --service SERVICE and --database NAME");
    }
  }

  @Test
  void aWrongPassphraseIsCalledThat() throws Exception {
    String wrong = Files.writeString(folder.resolve("wrong"), "open barley\n").toString();

    assertThat(run("verify", guide(), "--passphrase-file", wrong))
        .isEqualTo(ExitCode.FAILED.code());
    assertThat(err.toString()).contains("BACKUP-WRONG-PASSPHRASE");
  }

  @Test
  void aDatabaseIsNamedWholeOrNotAtAll() throws Exception {
    for (List<String> bad :
        List.of(
            List.of("--stack", "s", "--service", "db"),
            List.of("--stack", "s", "--database", "n8n"),
            List.of("--to", "x", "--service", "db", "--database", "n8n"),
            List.of("--stack", "s", "--service", "db", "--database", "n8n", "--part", "files/x"))) {
      List<String> all = new ArrayList<>(List.of("restore", "f"));
      all.addAll(bad);
      assertThat(run(all.toArray(String[]::new))).as("%s", bad).isEqualTo(ExitCode.USAGE.code());
    }
  }

  @Test
  void aDryRunOnlyPlansAndNeedsNoYes() throws Exception {
    String sql = Files.writeString(folder.resolve("dump.sql"), "select 1;\n").toString();
    String evil = Files.writeString(folder.resolve("evil.sql"), "\\! x\n").toString();
    String[] place = {
      "--stack", "llm-infrastructure", "--service", "postgres", "--database", "n8n"
    };

    // The demo's server does not say that it is one.
    assertThat(dry(sql, place)).as("%s", err).isEqualTo(ExitCode.REFUSED.code());
    assertThat(err.toString()).contains("LANDING-NO-PLACE", "postgres/n8n");
    assertThat(dry(evil, place)).isEqualTo(ExitCode.REFUSED.code());
    assertThat(err.toString()).contains("FOREIGN-SQL-COMMAND");
    assertThat(dry(guide(), place)).isEqualTo(ExitCode.REFUSED.code());
    assertThat(err.toString()).contains("FOREIGN-NO-DUMP");
    assertThat(Journal.open(home, TIME).entries()).isEmpty();
  }

  private int dry(String file, String... place) throws Exception {
    List<String> all = new ArrayList<>(List.of("restore", file, "--passphrase-file", words));
    all.addAll(List.of(place));
    all.add("--dry-run");
    return run(all.toArray(String[]::new));
  }

  private StackRestore landings(Journal journal) {
    return new StackRestore(
        new LandingParts(
            () -> new DemoEngine(TIME),
            () -> {
              throw new AssertionError("no database is changed");
            },
            () -> {
              throw new AssertionError("no service is changed");
            },
            () -> {
              throw new AssertionError("no service is asked");
            },
            name -> {
              throw new AssertionError("the stack is known");
            },
            journal,
            home,
            TIME,
            StepBoundary.none(),
            Duration.ofSeconds(1)));
  }

  private int document(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--passphrase-file", words, "--json"));
    int code = run(all.toArray(String[]::new));
    assertThat(Schemas.faults(out.toString())).as("%s", all).isEmpty();
    return code;
  }

  /** Does what guide B says: {@code tar -cz data/ | gpg -c}. */
  private String guide() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("file"), "content");
    Path packed = folder.resolve("packed");
    Process tar =
        new ProcessBuilder("tar", "-czf", packed.toString(), "data/")
            .directory(folder.toFile())
            .start();
    assertThat(tar.waitFor()).isZero();
    byte[] message =
        gpg.succeed(
            Files.readAllBytes(packed),
            "--passphrase-file",
            gpg.passphraseFile("open sesame"),
            "-c");
    return Files.write(folder.resolve("dream-backup.tar.gz.gpg"), message).toString();
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
                      case "preview" -> new Preview(home);
                      case "backupVerification" ->
                          new BackupVerification(new BackupShelf(home), TIME);
                      case "restore" -> new Restore(home, journal, TIME, StepBoundary.none());
                      case "foreignArchives" ->
                          new ForeignArchives(home, journal, TIME, StepBoundary.none());
                      case "stacks" -> new Stacks(Catalogue.load());
                      case "engine" -> {
                        try (DemoEngine demo = new DemoEngine(TIME)) {
                          yield demo.feed().latest();
                        }
                      }
                      case "stackRestore" -> landings(journal);
                      case "clock" -> TIME;
                      case "close" -> null;
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    CommandLine line = new QuaysideCommand(options -> session).commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of("backup"));
    all.addAll(List.of(arguments));
    return line.execute(all.toArray(String[]::new));
  }
}
