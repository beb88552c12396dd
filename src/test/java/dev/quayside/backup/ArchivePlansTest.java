package dev.quayside.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ArchivePlansTest {

  private static final String PLAN =
      """
      {"format": 1, "id": "00000000-0000-4000-8000-000000000001", "created": "2026-11-20T02:00:00Z",
       "madeBy": "Quayside", "stack": "shop", "kind": "generic", "services": [], "leftOut": [],
       "mostBytes": 1000, "mostEntries": 100, "journalHead": "", "parts": [%s]}
      """;

  @Test
  void aPlanOfTheFirstDaysIsReadAndPromisesNoMoreThanItKnew() throws Exception {
    ArchivePlan plan =
        read(
            part("files/data", "FOLDER", "")
                + ","
                + part("databases/db/n8n.dump", "POSTGRES_DUMP", ""));

    assertThat(plan.parts()).extracting(ArchivePlan.Part::service).containsExactly("", "");
    assertThat(plan.parts())
        .extracting(ArchivePlan.Part::consistency)
        .containsExactly(ArchivePlan.Consistency.UNSURE, ArchivePlan.Consistency.SNAPSHOT);
  }

  @Test
  void whoWritesAPartAndHowItWasTakenComesBack() throws Exception {
    ArchivePlan plan =
        read(
            part(
                "volumes/shop_data/app.db",
                "SQLITE",
                ", \"service\": \"web\", \"consistency\": \"SNAPSHOT\""));

    assertThat(ArchivePlans.read(ArchivePlans.write(plan))).isEqualTo(plan);
    assertThat(plan.parts().getFirst().service()).isEqualTo("web");
  }

  @Test
  void aSingleFileThatAServiceWritesMayNotBeMissingLater() throws Exception {
    ArchivePlan plan =
        read(
            part("files/shop/app.db", "FILE", ", \"service\": \"app\"")
                + ","
                + part("files/shop/compose.yaml", "FILE", "")
                + ","
                + part("files/shop/data.db", "SQLITE", ", \"service\": \"app\""));

    assertThat(plan.holds())
        .singleElement()
        .satisfies(one -> assertThat(one).isEqualTo("FILE " + plan.parts().getFirst().source()));
  }

  @Test
  void aMarkThatPointsOutOfTheTreesIsRefused() {
    for (String path :
        new String[] {"databases/x", "files", "plan.json", "/etc/passwd", "filesx/y"}) {
      assertThatThrownBy(() -> read(part(path, "SQLITE", "")))
          .as(path)
          .isInstanceOf(ArchiveException.class);
    }
    assertThatThrownBy(() -> read(part("volumes/a/b", "VOLUME", "")))
        .isInstanceOf(ArchiveException.class);
    assertThatThrownBy(() -> read(part("files/a", "LAYER", "")))
        .isInstanceOf(ArchiveException.class);
  }

  @Test
  void theBoundsOfAPlanAreThoseOfADisk() throws Exception {
    String part = part("files/data", "FOLDER", "");
    String most = Long.toString(1L << 50);
    String more = Long.toString((1L << 50) + 1);
    for (String[] each :
        new String[][] {
          {"\"mostBytes\": 1000", "\"mostBytes\": %s", most, more},
          {"\"mostBytes\": 1000", "\"mostBytes\": %s", "0", "-1"},
          {"\"mostEntries\": 100", "\"mostEntries\": %s", "1000000", "1000001"},
          {"\"mostEntries\": 100", "\"mostEntries\": %s", "0", "-1"},
          {"\"bytes\": 1", "\"bytes\": %s", most, more},
          {"\"bytes\": 1", "\"bytes\": %s", "0", "-1"}
        }) {
      String plan = PLAN.formatted(part);
      assertThat(plan).contains(each[0]);
      assertThat(readText(plan.replace(each[0], each[1].formatted(each[2])))).isNotNull();
      assertBad(plan.replace(each[0], each[1].formatted(each[3])));
    }
  }

  @Test
  void aPlanOfAFormatThatIsNotKnownYetIsNotCalledBad() {
    assertThatThrownBy(() -> readText(PLAN.formatted("").replace("\"format\": 1", "\"format\": 2")))
        .isInstanceOfSatisfying(
            ArchiveException.class,
            e -> assertThat(e.reason()).isEqualTo(ArchiveException.Reason.NEWER_FORMAT));
    String plan = PLAN.formatted("");
    assertBad(plan.replace("\"format\": 1", "\"format\": 0"));
    assertBad(plan.replace("00000000-0000-4000", "0-0-4000"));
    assertBad(plan.replace("\"stack\": \"shop\",", ""));
    assertBad(plan.replace("\"created\": \"2026-11-20T02:00:00Z\",", ""));
  }

  private static ArchivePlan readText(String text) throws ArchiveException {
    return ArchivePlans.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertBad(String text) {
    assertThatThrownBy(() -> readText(text))
        .as(text)
        .isInstanceOfSatisfying(
            ArchiveException.class,
            e -> assertThat(e.reason()).isEqualTo(ArchiveException.Reason.BAD_PLAN));
  }

  private static String part(String path, String kind, String more) {
    return """
    {"path": "%s", "kind": "%s", "source": "s", "bytes": 1, "entries": 1, "version": ""%s}\
    """
        .formatted(path, kind, more);
  }

  private static ArchivePlan read(String parts) throws ArchiveException {
    return ArchivePlans.read(PLAN.formatted(parts).getBytes(StandardCharsets.UTF_8));
  }
}
