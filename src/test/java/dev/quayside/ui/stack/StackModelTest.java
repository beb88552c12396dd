package dev.quayside.ui.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.Problem;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.compose.ComposeInvocation;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.stack.picture.StackPicture;
import dev.quayside.ui.fx.Background;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StackModelTest {

  private Instant time = Instant.parse("2026-11-22T12:00:00Z");
  private final DemoEngine engine = new DemoEngine(InstantSource.fixed(time), later -> {});
  private final Counting desk = new Counting(new DemoStackDesk(engine.feed()));
  private final StackModel model =
      new StackModel(desk, new Background(Runnable::run, Runnable::run), () -> time);

  /** Holds back the answers, which come to the window in the order of {@code late}. */
  private final List<Runnable> late = new ArrayList<>();

  private final StackModel waiting =
      new StackModel(desk, new Background(Runnable::run, late::add), () -> time);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void placesAreMeasuredOnceAndAnewOnlyWhenAsked() {
    model.show("dream-server");
    int places = desk.measured.size();
    assertThat(places).isPositive();
    assertThat(model.sizes()).hasSize(places);
    model.reload();
    assertThat(desk.measured).hasSize(places);
    model.refresh();
    assertThat(desk.measured).hasSize(2 * places);
    assertThat(model.sizes()).hasSize(places);
  }

  @Test
  void aVisitAfterAnHourMeasuresAnewAndEachSizeKnowsWhenItWasMeasured() {
    model.show("dream-server");
    int places = desk.measured.size();
    time = time.plusSeconds(59 * 60);
    model.reload();
    assertThat(desk.measured).hasSize(places);
    time = time.plusSeconds(60);
    model.reload();
    assertThat(desk.measured).hasSize(2 * places);
    assertThat(model.sizes().values()).allMatch(measured -> measured.at().equals(time));
  }

  @Test
  void anAnswerFromBeforeMeasuringAnewIsDropped() {
    waiting.show("dream-server");
    answerAll(1);
    int places = late.size();
    assertThat(places).isPositive();
    desk.answer = new PlaceSize.Known(2, 2);
    waiting.refresh();
    late.get(places).run();
    assertThat(late).hasSize(2 * places + 1);
    late.subList(0, places).forEach(Runnable::run);
    assertThat(waiting.sizes()).as("old answers").isEmpty();
    late.subList(places + 1, late.size()).forEach(Runnable::run);
    assertThat(waiting.sizes().values())
        .hasSize(places)
        .allMatch(measured -> measured.size().equals(desk.answer));
  }

  private void answerAll(int count) {
    for (int i = 0; i < count; i++) {
      late.removeFirst().run();
    }
  }

  @Test
  void whatIsDoneForTheOperatorIsSaidUntilItIsAnsweredAndEachLookIsAnswered() {
    List<String> refused = new ArrayList<>();
    waiting.look(Path.of("/one"), found -> {}, problem -> refused.add("one"));
    waiting.look(Path.of("/two"), found -> {}, problem -> refused.add("two"));
    assertThat(waiting.doing().get()).contains("/two");
    late.get(1).run();
    assertThat(waiting.doing().get()).contains("/one");
    late.get(0).run();
    assertThat(waiting.doing().get()).isEmpty();
    assertThat(refused).containsExactly("two", "one");
  }

  @Test
  void turningToAStackReadsNothingYet() {
    model.choose("dream-server");
    assertThat(model.state().get()).isEqualTo(new StackModel.State.Loading("dream-server"));
    assertThat(desk.measured).isEmpty();
    model.reload();
    assertThat(model.state().get()).isInstanceOf(StackModel.State.Ready.class);
  }

  @Test
  void aStackThatIsNotThereIsAProblemAndNoStackIsNone() {
    model.show("nowhere");
    assertThat(model.state().get()).isInstanceOf(StackModel.State.Failed.class);
    model.show(null);
    assertThat(model.state().get()).isEqualTo(new StackModel.State.NoStack());
  }

  @Test
  void aSizeWhoseMeasuringFailedIsUnknownAndNotClosed() {
    desk.failure = new UncheckedIOException(new IOException("broken"));
    model.show("dream-server");
    assertThat(model.sizes().values())
        .isNotEmpty()
        .allMatch(measured -> measured.size() instanceof PlaceSize.Unknown);
  }

  @Test
  void noServicesAreSaidToBeRejectedOnlyWhereComposeRejectsThem() throws Exception {
    StackPicture picture = desk.show("dream-server").picture();
    Problem complaint = new Problem("X", "rejected", "line 7", "", "", null, "");
    assertThat(StackText.noServices(with(picture, picture.invocation(), complaint)))
        .contains("Compose did not take the files");
    assertThat(StackText.noServices(with(picture, null, null)))
        .contains("nothing tells its Compose files");
    assertThat(StackText.noServices(with(picture, picture.invocation(), null)))
        .contains("define no service");
  }

  private static StackPicture with(
      StackPicture one, @Nullable ComposeInvocation invocation, @Nullable Problem complaint) {
    return new StackPicture(
        one.stack(),
        one.title(),
        one.root(),
        invocation,
        one.origin(),
        complaint,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static final class Counting implements StackDesk {

    private final StackDesk desk;
    private final List<Path> measured = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private @Nullable PlaceSize answer;

    Counting(StackDesk desk) {
      this.desk = desk;
    }

    @Override
    public Shown show(String stack) throws ProblemException {
      return desk.show(stack);
    }

    @Override
    public PlaceSize size(Path place) throws ProblemException {
      measured.add(place);
      if (answer != null) {
        return answer;
      }
      if (failure != null) {
        throw failure;
      }
      return desk.size(place);
    }

    @Override
    public Candidate look(Path folder) throws ProblemException {
      return desk.look(folder);
    }

    @Override
    public AdoptedStack adopt(Path folder, String name) throws ProblemException {
      return desk.adopt(folder, name);
    }

    @Override
    public void forget(String stack) throws ProblemException {
      desk.forget(stack);
    }
  }
}
