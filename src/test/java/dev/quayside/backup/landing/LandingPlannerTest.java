package dev.quayside.backup.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.backup.ArchivePlan;
import dev.quayside.backup.ArchivePlan.Part;
import dev.quayside.backup.ArchivePlan.PartKind;
import dev.quayside.backup.BackupScope;
import dev.quayside.backup.PartStaging.Refusal;
import dev.quayside.backup.Places;
import dev.quayside.backup.Unlocking;
import dev.quayside.common.Secret;
import dev.quayside.engine.Container;
import dev.quayside.engine.ContainerId;
import dev.quayside.engine.ContainerInspection;
import dev.quayside.engine.ContainerState;
import dev.quayside.engine.Health;
import dev.quayside.stack.Stack;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each part finds its place and those who use it, or the whole restore is refused. */
class LandingPlannerTest {

  private static final Part DATA = part("files/data", PartKind.FOLDER, "/srv/data");
  private static final Part CLOSED = part("files/closed", PartKind.FOLDER, "/srv/closed");
  private static final Part DUMP = part("databases/app.dump", PartKind.POSTGRES_DUMP, "db/app");
  private static final Part GLOBALS =
      part("databases/globals.sql", PartKind.POSTGRES_GLOBALS, "db");
  private static final Part COMPOSE = part("files/shop", PartKind.FILE, "/srv");
  private static final Part STUFF = part("volumes/shop_stuff", PartKind.VOLUME, "shop_stuff");

  private static final Consumers WEB =
      user("shop", "web", List.of(Path.of("/srv/data")), Set.of("shop_stuff"), Set.of("net"));
  private static final Consumers DB = user("shop", "db", List.of(), Set.of(), Set.of("net"));
  private static final Consumers IDLE = user("shop", "idle", List.of(), Set.of(), Set.of());

  @Test
  void findsFoldersDatabasesAndVolumesAndWhoUsesThem() throws Exception {
    LandingPlan plan = plan(List.of(WEB, DB, IDLE), DATA, CLOSED, DUMP, GLOBALS, COMPOSE, STUFF);
    assertThat(plan.folders())
        .extracting(LandingPlan.Folder::live)
        .containsExactly(Path.of("/srv/data"));
    assertThat(plan.databases())
        .containsExactly(new LandingPlan.Database("databases/app.dump", "db", "app"));
    assertThat(plan.mounts())
        .extracting(LandingPlan.Mount::source)
        .containsExactly("/srv/closed", "shop_stuff");
    assertThat(plan.mounts().getLast().images())
        .as("first the image of who has it mounted")
        .startsWith("sha256:web");
    assertThat(plan.consumers()).containsExactly("web");
    assertThat(plan.servers()).isEmpty();
    assertThat(plan.leftAlone()).containsExactly("databases/globals.sql", "files/shop");
    assertThat(plan.bytes()).isEqualTo(40);
  }

  @Test
  void onlyTheVolumeStopsOnlyItsUsers() throws Exception {
    LandingPlan plan = plan(List.of(WEB, DB, IDLE), STUFF);
    assertThat(plan.consumers()).containsExactly("web");
  }

  @Test
  void whoLivesInTheNetworkOfOneThatIsStoppedIsStoppedToo() throws Exception {
    Consumers guest = joining("guest", "web");
    Consumers guestOfGuest = joining("other", "guest");
    assertThat(plan(List.of(guestOfGuest, guest, WEB, IDLE), STUFF).consumers())
        .containsExactly("guest", "other", "web");
    assertThat(plan(List.of(joining("guest", "idle"), WEB, IDLE), STUFF).consumers())
        .containsExactly("web");
  }

  @Test
  void whatOnlyLooksAtTheWholeDiskIsNoUserOfAFolder() {
    Consumers watcher = user("", "watcher", List.of(Path.of("/")), Set.of(), Set.of());
    assertThat(watcher.blocks("shop", "/srv/data")).isFalse();
    assertThat(
            user("shop", "own", List.of(Path.of("/srv")), Set.of(), Set.of())
                .blocks("shop", "/srv/data"))
        .isTrue();
    assertThat(
            user("", "inside", List.of(Path.of("/srv/data/a")), Set.of(), Set.of())
                .blocks("shop", "/srv/data"))
        .isTrue();
  }

  private static Consumers joining(String service, String owner) {
    return new Consumers(
        "shop", service, List.of(), Set.of(), "sha256:" + service, Set.of(), Set.of(owner));
  }

  @Test
  void aServerThatHoldsAFolderIsNamedApart() throws Exception {
    Consumers db = user("shop", "db", List.of(Path.of("/srv/data")), Set.of(), Set.of("net"));
    LandingPlan plan = plan(List.of(WEB, db), DATA, DUMP);
    assertThat(plan.servers()).containsExactly("db");
    assertThat(plan.consumers()).containsExactly("web");
  }

  @Test
  void refusesTheArchiveOfAnotherStackUntilItIsAsked() throws Exception {
    assertRefused("LANDING-OTHER-STACK", request(false), List.of(WEB), archive("other", DATA));
    LandingPlan plan =
        planner(List.of(WEB))
            .plan(
                archive(
                    "other",
                    part("files/data", PartKind.FOLDER, "/elsewhere/data"),
                    part("volumes/shop_stuff", PartKind.VOLUME, "other_stuff")),
                request(true));
    assertThat(plan.folders().getFirst().live()).isEqualTo(Path.of("/srv/data"));
    assertThat(plan.mounts().getFirst().source()).isEqualTo("shop_stuff");
  }

  @Test
  void refusesAPartThatTheArchiveLacks() {
    assertRefused(
        "LANDING-NO-PART", request(false, "files/none"), List.of(WEB), archive("shop", DATA));
  }

  @Test
  void refusesAPartWithoutAPlace() {
    for (Part placeless :
        List.of(
            part("files/gone", PartKind.FOLDER, "/srv/gone"),
            part("volumes/gone", PartKind.VOLUME, "gone"),
            part("databases/x.dump", PartKind.POSTGRES_DUMP, "gone/x"),
            part("databases/mongo", PartKind.MONGO_DUMP, "mongo/x"))) {
      assertRefused(
          "LANDING-NO-PLACE", request(false), List.of(WEB, DB), archive("shop", DATA, placeless));
    }
  }

  @Test
  void refusesTwoPartsOfOnePlace() {
    assertRefused(
        "LANDING-NO-PLACE",
        request(false),
        List.of(WEB),
        archive("shop", STUFF, part("volumes/again", PartKind.VOLUME, "shop_stuff")));
  }

  @Test
  void refusesToExchangeAPlaceInWhichAnotherOneLies() throws Exception {
    BackupScope.Folder inner = new BackupScope.Folder("static", Path.of("/srv/closed/static"));
    LandingPlanner planner = new LandingPlanner(scope(inner), List.of(WEB), Surroundings.NONE);
    Part part = part("files/static", PartKind.FOLDER, "/srv/closed/static");
    ArchivePlan both = archive("shop", CLOSED, part);

    assertThat(planner.plan(both, request(false, "files/static")).folders()).hasSize(1);
    for (LandingRequest taken : List.of(request(false), request(false, "files/closed"))) {
      assertThatThrownBy(() -> planner.plan(both, taken))
          .isInstanceOfSatisfying(
              Refusal.class,
              no -> {
                assertThat(no.problem().code()).isEqualTo("LANDING-OVERLAP");
                assertThat(no.problem().happened())
                    .startsWith("/srv/closed/static lies in /srv/closed,");
              });
    }
  }

  @Test
  void inAnotherStackNothingGoesWhereOnlyANumberSays() throws Exception {
    BackupScope live =
        scope(
            new BackupScope.Folder("data", Path.of("/new/data")),
            new BackupScope.Folder("data-2", Path.of("/srv/data")));
    LandingPlanner planner = new LandingPlanner(live, List.of(), Surroundings.NONE);
    ArchivePlan exact = archive("other", part("files/data", PartKind.FOLDER, "/srv/data"));
    assertThat(planner.plan(exact, request(true)).folders())
        .extracting(LandingPlan.Folder::live)
        .containsExactly(Path.of("/srv/data"));
    for (Part other :
        List.of(
            part("files/data", PartKind.FOLDER, "/elsewhere/data"),
            part("files/data-2", PartKind.FOLDER, "/elsewhere/data"))) {
      assertThatThrownBy(() -> planner.plan(archive("other", other), request(true)))
          .isInstanceOfSatisfying(
              Refusal.class, no -> assertThat(no.problem().code()).isEqualTo("LANDING-NO-PLACE"));
    }
    assertRefused(
        "LANDING-NO-PLACE",
        request(true),
        List.of(),
        archive(
            "other",
            part("files/data", PartKind.FOLDER, "/a/data"),
            part("files/data-2", PartKind.FOLDER, "/b/data")));
  }

  @Test
  void refusesToTakeArchivesAndRecordsAlong() {
    for (String kept : List.of("/srv/data/backups/a.gpg", "/srv/closed/state")) {
      LandingPlanner planner =
          new LandingPlanner(
              scope(new BackupScope.Folder("data", Path.of("/srv/data"))),
              List.of(WEB),
              new Surroundings(new Places(Map.of()), List.of(Path.of(kept)), List.of()));
      assertThatThrownBy(() -> planner.plan(archive("shop", DATA, CLOSED), request(false)))
          .isInstanceOfSatisfying(
              Refusal.class,
              no -> {
                assertThat(no.problem().code()).isEqualTo("LANDING-HOLDS-ARCHIVES");
                assertThat(no.problem().happened()).startsWith(kept);
              });
    }
  }

  @Test
  void refusesToExchangeTheFilesOfADatabaseServer() throws Exception {
    for (String served : List.of("/srv/closed", "/srv/closed/pgdata", "shop_pgdata")) {
      Places places = new Places(Map.of("shop_pgdata", Set.of("/srv/closed/volume")));
      LandingPlanner planner =
          new LandingPlanner(
              scope(new BackupScope.Folder("data", Path.of("/srv/data"))),
              List.of(WEB),
              new Surroundings(places, List.of(), List.of(served, "/srv/elsewhere")));
      assertThatThrownBy(() -> planner.plan(archive("shop", CLOSED), request(false)))
          .isInstanceOfSatisfying(
              Refusal.class,
              no -> assertThat(no.problem().code()).isEqualTo("LANDING-HOLDS-SERVER"));
      assertThat(planner.plan(archive("shop", DATA), request(false)).folders()).hasSize(1);
    }
  }

  @Test
  void refusesToExchangeAFolderInWhichAVolumeLies() {
    Places places = new Places(Map.of("shop_stuff", Set.of("/srv/closed/stuff")));
    LandingPlanner planner =
        new LandingPlanner(
            scope(new BackupScope.Folder("data", Path.of("/srv/data"))),
            List.of(WEB),
            new Surroundings(places, List.of(), List.of()));
    assertThatThrownBy(() -> planner.plan(archive("shop", CLOSED, STUFF), request(false)))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.problem().code()).isEqualTo("LANDING-OVERLAP"));
  }

  @Test
  void aVolumeIsUsedByWhoHasItsFolderMountedToo() {
    Places places =
        new Places(
            Map.of(
                "shop_stuff", Set.of("/var/lib/docker/volumes/shop_stuff/_data", "/srv/stuff"),
                "again", Set.of("/var/lib/docker/volumes/again/_data", "/srv/stuff")));
    for (String mounted :
        List.of("/srv/stuff", "/srv/stuff/in", "/var/lib/docker/volumes/shop_stuff/_data")) {
      assertThat(Consumers.volumes(mounting("bind", mounted), places, false))
          .as(mounted)
          .contains("shop_stuff");
    }
    assertThat(Consumers.volumes(mounting("volume", "again"), places, false))
        .containsExactly("again", "shop_stuff");
    assertThat(Consumers.binds(mounting("volume", "again"), places))
        .contains(Path.of("/srv/stuff"));
    assertThat(Consumers.volumes(mounting("bind", "/srv"), places, true))
        .containsExactly("again", "shop_stuff");
    assertThat(Consumers.volumes(mounting("bind", "/srv"), places, false))
        .as("who is none of ours and looks at a whole disk")
        .isEmpty();
    assertThat(Consumers.volumes(mounting("bind", "/srv/stuffed"), places, true)).isEmpty();
  }

  private static ContainerInspection mounting(String type, String source) {
    return new ContainerInspection(
        new Container(
            new ContainerId("one"),
            "one",
            "nginx",
            "",
            ContainerState.RUNNING,
            Health.NONE,
            Instant.EPOCH,
            List.of(),
            Map.of(),
            List.of(),
            null),
        List.of(),
        "",
        "",
        false,
        false,
        List.of(),
        List.of(new ContainerInspection.Mount(type, source, "/data", true)),
        List.of(),
        List.of());
  }

  @Test
  void refusesAnArchiveThatHoldsWhatLiesInsideByItself() {
    Part inner = part("files/static", PartKind.FOLDER, "/srv/closed/static");
    assertRefused(
        "LANDING-OVERLAP",
        request(false, "files/closed"),
        List.of(WEB),
        archive("shop", CLOSED, inner));
  }

  @Test
  void refusesAnArchiveOfFilesThatStayOnly() {
    assertRefused(
        "LANDING-NOTHING", request(false), List.of(WEB), archive("shop", COMPOSE, GLOBALS));
  }

  @Test
  void refusesWhatAContainerOfOthersHolds() {
    Consumers folder = user("", "peer", List.of(Path.of("/srv/data/in")), Set.of(), Set.of());
    Consumers volume = user("", "peer", List.of(), Set.of("shop_stuff"), Set.of());
    assertRefused("LANDING-SHARED", request(false), List.of(WEB, folder), archive("shop", DATA));
    assertRefused("LANDING-SHARED", request(false), List.of(WEB, volume), archive("shop", STUFF));
  }

  @Test
  void aServerThatHoldsAVolumeIsNamedApart() throws Exception {
    Consumers db = user("shop", "db", List.of(), Set.of("shop_stuff"), Set.of("net"));
    assertThat(plan(List.of(db), DUMP, STUFF).servers()).containsExactly("db");
  }

  private static LandingPlan plan(List<Consumers> running, Part... parts) throws Refusal {
    return planner(running).plan(archive("shop", parts), request(false));
  }

  private static void assertRefused(
      String code, LandingRequest request, List<Consumers> running, ArchivePlan archive) {
    assertThatThrownBy(() -> planner(running).plan(archive, request))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.problem().code()).isEqualTo(code));
  }

  private static LandingPlanner planner(List<Consumers> running) {
    return new LandingPlanner(
        scope(new BackupScope.Folder("data", Path.of("/srv/data"))), running, Surroundings.NONE);
  }

  private static BackupScope scope(BackupScope.Folder... folders) {
    ContainerId web = new ContainerId("0123456789ab");
    return new BackupScope(
        "shop",
        "generic",
        List.of(folders),
        List.of(),
        List.of(new BackupScope.Postgres("db", web, "app", "app")),
        List.of(),
        List.of(),
        List.of(
            new BackupScope.Mounted("closed", false, "/srv/closed", web, "/closed"),
            new BackupScope.Mounted("shop_stuff", true, "shop_stuff", web, "/stuff")),
        List.of());
  }

  private static LandingRequest request(boolean into, String... parts) {
    return new LandingRequest(
        Path.of("/archive"),
        Unlocking.passphrase(_ -> Secret.owning("open".toCharArray())),
        new Stack("shop", "generic", "", null, List.of()),
        List.of(parts),
        into,
        false);
  }

  private static Consumers user(
      String stack, String service, List<Path> binds, Set<String> volumes, Set<String> networks) {
    return new Consumers(stack, service, binds, volumes, "sha256:" + service, networks, Set.of());
  }

  private static Part part(String path, PartKind kind, String source) {
    return new Part(path, kind, source, 10, 1, "", "", null);
  }

  private static ArchivePlan archive(String stack, Part... parts) {
    return new ArchivePlan(
        1,
        "00000000-0000-0000-0000-000000000000",
        Instant.EPOCH,
        "test",
        stack,
        "generic",
        List.of(),
        List.of(parts),
        List.of(),
        1,
        1,
        "");
  }
}
