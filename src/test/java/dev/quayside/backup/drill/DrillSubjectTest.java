package dev.quayside.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.ArchivePlan.Consistency;
import dev.quayside.backup.ArchivePlan.Part;
import dev.quayside.backup.ArchivePlan.PartKind;
import dev.quayside.backup.BackupScope;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillSubjectTest {

  @Test
  void eachServerIsOneSubjectOnTheImageOfItsOwnContainer() {
    List<DrillSubject> subjects =
        DrillSubject.of(
            plan(
                part("databases/db/globals.sql", PartKind.POSTGRES_GLOBALS, "db"),
                part("databases/db/a%2Fb.dump", PartKind.POSTGRES_DUMP, "db/a/b"),
                part("databases/db-2/globals.sql", PartKind.POSTGRES_GLOBALS, "db-2"),
                part("databases/db-2/x.dump", PartKind.POSTGRES_DUMP, "db-2/x")));

    assertThat(subjects)
        .extracting(DrillSubject::name, DrillSubject::image)
        .containsExactly(tuple("db", "sha256:one"), tuple("db-2", "sha256:two"));
    assertThat(subjects.getFirst().parts()).hasSize(2);
  }

  @Test
  void aServerThatTheArchiveNamesNoImageOfHasNone() {
    assertThat(
            DrillSubject.of(
                plan(part("databases/other-3/x.dump", PartKind.POSTGRES_DUMP, "other-3/x"))))
        .singleElement()
        .satisfies(one -> assertThat(one.image()).isNull());
  }

  @Test
  void aFolderCountsAndASingleFileDoesNot() {
    assertThat(
            DrillSubject.of(
                plan(
                    part("files/data", PartKind.FOLDER, "/srv/data"),
                    part("files/stack/.env", PartKind.FILE, "/srv/stack/.env"))))
        .extracting(DrillSubject::name)
        .containsExactly("files/data");
  }

  @Test
  void theFilesOfOneServiceAreOneSubjectAndThoseThatNobodyWritesAreNone() {
    List<DrillSubject> subjects =
        DrillSubject.of(
            plan(
                new Part("files/w", PartKind.FOLDER, "/w", 1, 1, "", "web", Consistency.SNAPSHOT),
                new Part("files/w/a.db", PartKind.SQLITE, "/w/a.db", 1, 1, "", "web", null),
                new Part("files/c", PartKind.FOLDER, "/c", 1, 1, "", "", Consistency.STILL)));

    assertThat(subjects).extracting(DrillSubject::name).containsExactly("web");
  }

  @Test
  void aFileThatIsADatabaseByItsNameIsDrilledAsOneOfItsService() {
    Part file = single("files/shop/app.db", "app");

    assertThat(DrillSubject.of(plan(file)))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.name()).isEqualTo("app");
          assertThat(one.kind()).isEqualTo(DrillSubject.Kind.FILES);
          assertThat(one.certain()).isTrue();
          assertThat(one.holds("files/shop/app.db")).isTrue();
          assertThat(one.holds("files/shop/app.db-not")).isFalse();
        });
  }

  @Test
  void aFileOfAServiceJoinsItsFoldersUnlessAServerIsStartedOnThose() {
    Part folder = new Part("files/w", PartKind.FOLDER, "/w", 1, 1, "", "web", Consistency.STILL);
    Part file = single("files/shop/app.db", "web");

    assertThat(DrillSubject.of(plan("grafana/grafana:10", folder, file)))
        .singleElement()
        .satisfies(one -> assertThat(one.parts()).containsExactly(folder, file));
    assertThat(DrillSubject.of(plan("redis:7", folder, file)))
        .extracting(DrillSubject::kind, DrillSubject::parts)
        .containsExactly(
            tuple(DrillSubject.Kind.REDIS, List.of(folder)),
            tuple(DrillSubject.Kind.FILES, List.of(file)));
  }

  @Test
  void aFileThatSaysNothingByItsNameIsNotCertain() {
    assertThat(DrillSubject.of(plan(single("files/shop/settings.yaml", "app"))))
        .singleElement()
        .satisfies(one -> assertThat(one.certain()).isFalse());
  }

  @ParameterizedTest
  @CsvSource({
    "mongo:6.0.6, MONGO",
    "mongodb/mongodb-community-server:7, MONGO",
    "mongo-express:1, FILES",
    "mongodb-exporter-of-others/x:1, FILES",
    "getmeili/meilisearch:v1.13, MEILISEARCH",
    "host:5000/qdrant/qdrant:v1, QDRANT",
    "valkey/valkey:8, REDIS",
    "grafana/grafana:10, FILES",
  })
  void theImageSaysWhichServerItIs(String image, DrillSubject.Kind kind) {
    Part part = new Part("files/w", PartKind.FOLDER, "/w", 1, 1, "", "web", Consistency.SNAPSHOT);
    assertThat(DrillSubject.of(plan(image, part)))
        .singleElement()
        .satisfies(one -> assertThat(one.kind()).isEqualTo(kind));
  }

  @Test
  void nothingIsProvenUnlessAllOfItWasSeen() {
    Trial trial = new Trial(DrillSubject.of(plan(folder())).getFirst());
    trial.close("nobody looked");
    assertThat(trial.result().verdict()).isEqualTo(DrilledService.Verdict.UNKNOWN);
    assertThat(trial.result().reason()).isEqualTo("nobody looked");
  }

  @Test
  void theFirstReasonAgainstItStays() {
    Trial trial = new Trial(DrillSubject.of(plan(folder())).getFirst());
    trial.failed("torn");
    trial.completed();
    trial.unknown("later");
    trial.close("later still");
    assertThat(trial.result().verdict()).isEqualTo(DrilledService.Verdict.FAILED);
    assertThat(trial.result().reason()).isEqualTo("torn");
  }

  @Test
  void onlyTheLineWithTheErrorIsKeptOfWhatAToolPrinted() {
    String printed =
        "pg_restore: from TOC entry 12\n"
            + "pg_restore: error: could not execute query: ERROR:  broken\n"
            + "DETAIL:  Key (email)=(person@example.invalid) already exists.\n";
    assertThat(ToolWords.error(printed)).contains("broken").doesNotContain("person@");
    assertThat(ToolWords.surroundings(printed)).isFalse();
    assertThat(ToolWords.surroundings("ERROR:  could not extend file: No space left on device"))
        .isTrue();
  }

  private static Part single(String path, String service) {
    return new Part(path, PartKind.FILE, "/srv/" + path, 1, 1, "", service, Consistency.STILL);
  }

  private static Part folder() {
    return part("files/data", PartKind.FOLDER, "/srv/data");
  }

  private static Part part(String path, PartKind kind, String source) {
    return new Part(path, kind, source, 1, 1, "15", "", null);
  }

  static ArchivePlan plan(Part... parts) {
    return plan(
        List.of(
            new BackupScope.Service("db", "postgres:15", "sha256:one"),
            new BackupScope.Service("db", "postgres:15", "sha256:two")),
        parts);
  }

  private static ArchivePlan plan(String image, Part... parts) {
    return plan(List.of(new BackupScope.Service("web", image, "sha256:one")), parts);
  }

  private static ArchivePlan plan(List<BackupScope.Service> services, Part... parts) {
    return new ArchivePlan(
        1,
        "00000000-0000-0000-0000-000000000000",
        Instant.EPOCH,
        "test",
        "shop",
        "generic",
        services,
        List.of(parts),
        List.of(),
        1,
        1,
        "");
  }
}
