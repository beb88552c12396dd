package dev.quayside.ui.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Secret;
import dev.quayside.ui.fx.Background;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value is checked while it is typed, together with what else is noted. */
class EditModelTest {

  @TempDir Path folder;
  private final Background background = new Background(Runnable::run, Runnable::run);
  private RealEnvironment real;
  private EnvironmentModel model;

  @BeforeEach
  void aFile() throws Exception {
    real = new RealEnvironment(folder);
    real.write(".env", "A=1\nAPI_KEY=zzsecret\nD=1\nD=2\n");
    model = new EnvironmentModel(real.desk(), background);
    model.show(RealEnvironment.STACK);
  }

  private EditModel asked(Background on, boolean adds) {
    return new EditModel(real.desk(), on, model.shown().get().view(), model.pendingEdits(), adds);
  }

  private static Secret secret(String value) {
    return Secret.owning(value.toCharArray());
  }

  private static String code(EditModel.Verdict verdict) {
    return verdict instanceof EditModel.Verdict.Refused refused
        ? refused.problem().code()
        : verdict.getClass().getSimpleName();
  }

  @Test
  void aValueThatAReaderCannotReadBackIsRefusedAndNothingIsWritten() throws Exception {
    EditModel edit = asked(background, false);
    edit.check("A", secret("it's $HOME and \"more\" `too`"));
    assertThat(code(edit.verdict().get())).isEqualTo("ENV-QUOTING");
    edit.check("A", secret("two words"));
    assertThat(edit.verdict().get())
        .isInstanceOfSatisfying(
            EditModel.Verdict.Good.class,
            good -> assertThat(good.difference().newValue()).isEqualTo("two words"));
    edit.check("A", secret("1"));
    assertThat(code(edit.verdict().get())).isEqualTo("Same");
    assertThat(Files.readString(real.file(".env"))).startsWith("A=1\nAPI_KEY=zzsecret\n");
  }

  @Test
  void aSecretIsShownMaskedInWhatItWouldChange() {
    EditModel edit = asked(background, false);
    edit.check("API_KEY", secret("zznew"));
    EditModel.Verdict.Good good = (EditModel.Verdict.Good) edit.verdict().get();
    assertThat(good.toString()).doesNotContain("zz");
    assertThat(edit.edit("API_KEY", secret("zznew"), good).shown()).doesNotContain("zz");
  }

  @Test
  void aSettingThatIsSetTwiceIsRefusedUntilItsOtherLinesAreNotedToGo() {
    asked(background, false);
    EditModel edit = asked(background, false);
    edit.check("D", secret("3"));
    assertThat(code(edit.verdict().get())).isEqualTo("ENV-DUPLICATE");
    model.note(new PendingEdit.LastKept("D"));
    edit.check("D", secret("3"));
    assertThat(code(edit.verdict().get())).isEqualTo("Good");
    PendingEdit.NewValue noted =
        edit.edit("D", secret("3"), (EditModel.Verdict.Good) edit.verdict().get());
    assertThat(noted.single()).isTrue();
  }

  @Test
  void aNewSettingNeedsANameThatIsFreeAndCanBeOne() {
    EditModel add = asked(background, true);
    add.check("A", secret("2"));
    assertThat(code(add.verdict().get())).isEqualTo("ENV-ALREADY-SET");
    add.check("1A", secret("2"));
    assertThat(code(add.verdict().get())).isEqualTo("ENV-NAME");
    add.check("", secret("2"));
    assertThat(code(add.verdict().get())).isEqualTo("Nothing");
    add.check("B", secret("2"));
    assertThat(code(add.verdict().get())).isEqualTo("Good");
  }

  @Test
  void whetherAValueIsHiddenFollowsTheNameThatIsTyped() {
    EditModel add = asked(background, true);
    assertThat(add.hiding().get()).isEqualTo(EditModel.Hiding.UNKNOWN);
    add.judge("PORT");
    assertThat(add.hiding().get()).isEqualTo(EditModel.Hiding.SHOWN);
    add.judge("NEW_API_KEY");
    assertThat(add.hiding().get()).isEqualTo(EditModel.Hiding.HIDDEN);
    add.judge("");
    assertThat(add.hiding().get()).isEqualTo(EditModel.Hiding.UNKNOWN);
  }

  @Test
  void onlyTheAnswerToWhatWasTypedLastCounts() {
    Deque<Runnable> work = new ArrayDeque<>();
    EditModel edit = asked(new Background(work::add, Runnable::run), false);
    edit.check("A", secret("it's $HOME and \"more\" `too`"));
    edit.check("A", secret("good"));
    assertThat(code(edit.verdict().get())).isEqualTo("Checking");
    Runnable first = work.remove();
    work.remove().run();
    first.run();
    assertThat(code(edit.verdict().get())).isEqualTo("Good");
  }

  @Test
  void aFileThatOthersChangedIsRefusedWhileTyping() throws Exception {
    EditModel edit = asked(background, false);
    real.write(".env", "A=7\n");
    edit.check("A", secret("9"));
    assertThat(code(edit.verdict().get())).isEqualTo("ENV-CHANGED-SINCE");
  }
}
