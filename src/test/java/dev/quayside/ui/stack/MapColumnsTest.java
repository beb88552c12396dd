package dev.quayside.ui.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.ui.stack.MapColumns.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MapColumnsTest {

  @Test
  void eachServiceStandsToTheRightOfAllThatItNeeds() {
    MapColumns columns =
        MapColumns.of(
            Map.of(
                "db",
                List.of(),
                "cache",
                List.of(),
                "api",
                List.of("db", "cache"),
                "web",
                List.of("api", "db")),
            6);
    assertThat(names(columns))
        .containsExactly(List.of("cache", "db"), List.of("api"), List.of("web"));
    assertThat(columns.lines())
        .filteredOn(line -> line.from().equals("db") && line.to().equals("web"))
        .singleElement()
        .satisfies(line -> assertThat(line.by()).containsExactly(new Item.Passage("db", "web", 1)));
  }

  @Test
  void aLongColumnIsBrokenIntoSeveralOfNearlyTheSameLength() {
    Map<String, List<String>> needs = new TreeMap<>();
    for (int i = 0; i < 8; i++) {
      needs.put("s" + i, List.of());
    }
    assertThat(names(MapColumns.of(needs, 6))).extracting(List::size).containsExactly(4, 4);
  }

  @Test
  void whatIsNeededAndNotThereDrawsNoLine() {
    assertThat(MapColumns.of(Map.of("web", List.of("gone")), 6).lines()).isEmpty();
  }

  @Property(tries = 300)
  void everyServiceIsThereOnceAndEveryLineRunsThroughEachColumnBetween(
      @ForAll("needs") Map<String, List<String>> needs) {
    MapColumns columns = MapColumns.of(needs, 3);
    Map<Item, Integer> at = new HashMap<>();
    List<String> all = new ArrayList<>();
    for (int column = 0; column < columns.columns().size(); column++) {
      for (Item item : columns.columns().get(column)) {
        at.put(item, column);
        if (item instanceof Item.Service(String name)) {
          all.add(name);
        }
      }
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(needs.keySet());
    for (MapColumns.Line line : columns.lines()) {
      int from = at.get(new Item.Service(line.from()));
      int to = at.get(new Item.Service(line.to()));
      Set<Integer> passed = new HashSet<>();
      line.by().forEach(passage -> passed.add(at.get(passage)));
      assertThat(passed).hasSize(Math.max(0, to - from - 1)).hasSameSizeAs(line.by());
    }
  }

  @Property(tries = 300)
  void withoutCirclesEveryLineLeadsToTheRight(
      @ForAll("downwards") Map<String, List<String>> needs) {
    MapColumns columns = MapColumns.of(needs, 3);
    List<List<String>> names = names(columns);
    for (MapColumns.Line line : columns.lines()) {
      assertThat(column(names, line.from())).isLessThan(column(names, line.to()));
    }
  }

  @Provide
  Arbitrary<Map<String, List<String>>> needs() {
    Arbitrary<String> name = Arbitraries.of("a", "b", "c", "d", "e", "f", "g", "h");
    return Arbitraries.maps(name, name.list().uniqueElements().ofMaxSize(4)).ofMaxSize(8);
  }

  @Provide
  Arbitrary<Map<String, List<String>>> downwards() {
    return needs()
        .map(needs -> {
          Map<String, List<String>> down = new TreeMap<>();
          needs.forEach((name, needed) ->
              down.put(name, needed.stream().filter(one -> one.compareTo(name) < 0).toList()));
          return down;
        });
  }

  private static int column(List<List<String>> columns, String name) {
    for (int at = 0; at < columns.size(); at++) {
      if (columns.get(at).contains(name)) {
        return at;
      }
    }
    throw new AssertionError(name);
  }

  private static List<List<String>> names(MapColumns columns) {
    return columns.columns().stream()
        .map(column ->
            column.stream()
                .filter(Item.Service.class::isInstance)
                .map(item -> ((Item.Service) item).name())
                .sorted()
                .toList())
        .toList();
  }
}
