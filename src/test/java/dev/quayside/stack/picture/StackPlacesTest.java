package dev.quayside.stack.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.catalogue.StackKind;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.stack.StackDefinition;
import dev.quayside.stack.picture.StackPicture.Unplaced;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackPlacesTest {

  private final StackKind generic = Catalogue.load().kind(StackKind.GENERIC, "");
  @TempDir private Path root;

  private StackPicture.Mounted mounted(String source) {
    StackDefinition.Mount mount = new StackDefinition.Mount(false, source, "/data", false);
    StackDefinition.DefinedService service =
        new StackDefinition.DefinedService(
            Set.of(), Map.of(), Set.of(), Set.of(), Set.of(), List.of(), List.of(mount), Set.of());
    ComposeInvocation called = new ComposeInvocation("x", root, List.of(), List.of(), List.of());
    Map<String, String> session = Map.of("HOME", "/home/me");
    return StackPlaces.of(
            generic,
            root,
            called,
            new StackDefinition("x", Map.of("web", service), Map.of()),
            session::get)
        .mounts()
        .getFirst();
  }

  @Test
  void anEmptySettingLeavesTheDefaultAndNotTheWholeFolderOfTheStack() throws Exception {
    Files.writeString(root.resolve(".env"), "MODELS=\n");
    assertThat(mounted("${MODELS:-./models}").path()).isEqualTo(root.resolve("models"));
    assertThat(mounted("${MODELS}").path()).isNull();
  }

  @Test
  void aSettingIsReadFromTheEnvFileAndThatOfTheSessionGoesBefore() throws Exception {
    Files.writeString(root.resolve(".env"), "DATA=/mnt/data\nHOME=/elsewhere\n");
    assertThat(mounted("${DATA:?must be set}").path()).isEqualTo(Path.of("/mnt/data"));
    assertThat(mounted("$HOME/cache").path()).isEqualTo(Path.of("/home/me/cache"));
  }

  @Test
  void aSettingMadeOfOthersIsNotTakenAsItIsWritten() throws Exception {
    Files.writeString(root.resolve(".env"), "BASE=/mnt\nDATA=${BASE}/data\nQUOTED='$a'\n");
    StackPicture.Mounted mount = mounted("${DATA}");
    assertThat(mount.path()).isNull();
    assertThat(mount.unplaced()).isEqualTo(new Unplaced(Unplaced.Why.REFERS, "DATA"));
    assertThat(mounted("./${QUOTED}").path()).isEqualTo(root.resolve("$a"));
  }

  @Test
  void withoutItsFolderNoPlaceOfAStackIsSaidToLackAVariable() {
    assertThat(data(null)).isNotEmpty().allMatch(one -> one.path() == null);
    assertThat(data(null).stream().filter(one -> one.unplaced() != null))
        .isNotEmpty()
        .allMatch(one -> one.unplaced().why() == Unplaced.Why.NO_FOLDER);
  }

  private static List<StackPicture.Data> data(@Nullable Path folder) {
    StackKind kind = Catalogue.load().kind("llm-infrastructure", "");
    return StackPlaces.of(kind, folder, null, null, name -> null).data();
  }
}
