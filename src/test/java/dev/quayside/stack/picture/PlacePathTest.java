package dev.quayside.stack.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.stack.picture.StackPicture.Unplaced.Why;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacePathTest {

  private static final Path ROOT = Path.of("/srv/stack");
  private static final Map<String, String> SET =
      Map.of("DATA", "/mnt/data", "NEAR", "./near", "EMPTY", "", "HOME", "/home/me", "PLAIN", "x");

  private static PlacePath found(String text) {
    return PlacePath.of(text, ROOT, SET::get);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "./data -> /srv/stack/data",
        "../data -> /srv/data",
        "/mnt/x -> /mnt/x",
        "$DATA -> /mnt/data",
        "$DATA/sub -> /mnt/data/sub",
        "${DATA} -> /mnt/data",
        "${DATA:?set it} -> /mnt/data",
        "${DATA?set it} -> /mnt/data",
        "${DATA:-./default} -> /mnt/data",
        "${NONE:-./default} -> /srv/stack/default",
        "${NONE-./default} -> /srv/stack/default",
        "${EMPTY:-./models} -> /srv/stack/models",
        "${EMPTY-./models} -> /srv/stack/models",
        "${NONE:-${DATA}/models} -> /mnt/data/models",
        "${NONE:-${EMPTY:-./deep}} -> /srv/stack/deep",
        "${DATA:+/other} -> /other",
        "${HOME}/cache -> /home/me/cache",
        "~/cache -> /home/me/cache",
        "${NEAR} -> /srv/stack/near",
        "./a$$b -> /srv/stack/a$b",
      })
  void thePathIsThatOfCompose(String text, Path path) {
    assertThat(found(text)).isEqualTo(new PlacePath(path, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "$NONE/data -> NO_VALUE",
        "${NONE} -> NO_VALUE",
        "${NONE:?set it} -> NO_VALUE",
        "${EMPTY} -> NO_VALUE",
        "${EMPTY}/data -> NO_VALUE",
        "${NONE:-${NONE2}} -> NO_VALUE",
        "${NONE:-} -> UNCLEAR",
        "${DATA -> UNCLEAR",
        "${DATA%x} -> UNCLEAR",
        "${} -> UNCLEAR",
        "${:-./x} -> UNCLEAR",
        "./data$ -> UNCLEAR",
        "./data/*.db -> UNCLEAR",
        "~other/data -> UNCLEAR",
        "${PLAIN} -> UNCLEAR",
        "${EMPTY+/x} -> UNCLEAR",
      })
  void whatIsNotSureIsNotGuessed(String text, Why why) {
    assertThat(found(text).path()).isNull();
    assertThat(found(text).unplaced().why()).isEqualTo(why);
  }

  @Test
  void theVariableThatIsMissingIsNamed() {
    assertThat(found("${NONE:-${NONE2}}").unplaced().variable()).isEqualTo("NONE2");
  }
}
