package dev.quayside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.backup.BackupShelf;
import dev.quayside.backup.drill.DrillHistory;
import dev.quayside.common.Home;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class BackupListVerbTest {

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private CommandLine line;

  @BeforeEach
  void setUp() throws Exception {
    Home home =
        new Home(folder.resolve("config"), folder.resolve("state"), folder.resolve("cache"));
    Path shelf = Files.createDirectories(home.state().resolve("backup/shelf"));
    put(shelf, "there", Files.writeString(folder.resolve("there.gpg"), "123456789"));
    put(shelf, "cut", Files.writeString(folder.resolve("cut.gpg"), "1"));
    put(shelf, "gone", folder.resolve("gone.gpg"));
    put(shelf, "away", folder.resolve("unplugged/away.gpg"));
    Session session =
        (Session)
            Proxy.newProxyInstance(
                Session.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "shelf" -> new BackupShelf(home);
                      case "drills" -> new DrillHistory(home);
                      default -> null;
                    });
    line = new QuaysideCommand(options -> session).commandLine();
    line.setOut(new PrintWriter(out));
  }

  private static void put(Path shelf, String id, Path archive) throws Exception {
    Files.writeString(
        shelf.resolve(id + ".json"),
        """
        {"id":"%s","stack":"shop","archive":"%s","created":"2026-11-22T10:00:00Z","bytes":9,
         "contentBytes":9,"entries":9,"complete":true,"verified":null,"fault":null,"proof":null,
         "holds":[]}
        """
            .formatted(id, archive.toUri()));
  }

  @Test
  void whatIsGoneOrAwayIsNotCalledComplete() {
    assertThat(line.execute("backup", "list")).isZero();
    assertThat(row("there.gpg")).contains("complete").doesNotContain("GONE").doesNotContain("away");
    assertThat(row("gone.gpg")).contains("FILE GONE").doesNotContain("complete");
    assertThat(row("cut.gpg")).contains("NOT AS WRITTEN").doesNotContain("complete");
    assertThat(row("away.gpg")).contains("disk away");
  }

  private String row(String file) {
    return out.toString().lines().filter(one -> one.endsWith("/" + file)).findFirst().orElseThrow();
  }

  @Test
  void theDocumentSaysSoInAWordAndFitsItsSchema() {
    assertThat(line.execute("backup", "list", "--json")).isZero();
    assertThat(Schemas.faults(out.toString())).isEmpty();
    assertThat(out.toString())
        .containsPattern("\"presence\" ?: ?\"there\"")
        .containsPattern("\"presence\" ?: ?\"not-as-written\"")
        .containsPattern("\"presence\" ?: ?\"file-gone\"")
        .containsPattern("\"presence\" ?: ?\"disk-away\"");
  }
}
