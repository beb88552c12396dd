package dev.quayside.ui.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quayside.common.ProblemException;
import dev.quayside.engine.demo.DemoEngine;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.ui.fx.Background;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StackModelTest {

  private final DemoEngine engine =
      new DemoEngine(InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z")), later -> {});
  private final Counting desk = new Counting(new DemoStackDesk(engine.feed()));
  private final StackModel model =
      new StackModel(desk, new Background(Runnable::run, Runnable::run));

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
  void aStackThatIsNotThereIsAProblemAndNoStackIsNone() {
    model.show("nowhere");
    assertThat(model.state().get()).isInstanceOf(StackModel.State.Failed.class);
    model.show(null);
    assertThat(model.state().get()).isEqualTo(new StackModel.State.NoStack());
  }

  private static final class Counting implements StackDesk {

    private final StackDesk desk;
    private final List<Path> measured = new ArrayList<>();

    Counting(StackDesk desk) {
      this.desk = desk;
    }

    @Override
    public Shown show(String stack) throws ProblemException {
      return desk.show(stack);
    }

    @Override
    public PlaceSize size(Path place) {
      measured.add(place);
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
