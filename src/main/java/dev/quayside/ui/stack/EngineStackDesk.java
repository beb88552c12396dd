package dev.quayside.ui.stack;

import dev.quayside.catalogue.Catalogue;
import dev.quayside.common.Feed;
import dev.quayside.common.ProblemException;
import dev.quayside.engine.EngineSnapshot;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.AdoptedStacks;
import dev.quayside.stack.Stack;
import dev.quayside.stack.Stacks;
import dev.quayside.stack.adopt.Adoption;
import dev.quayside.stack.adopt.FoundStack;
import dev.quayside.stack.adopt.Wishes;
import dev.quayside.stack.picture.PlaceMeter;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.stack.picture.StackPictures;
import java.nio.file.Path;
import java.util.List;

/** Shows and adopts real stacks. Without an engine adopted ones are shown all the same. */
public final class EngineStackDesk implements StackDesk {

  private final Feed<EngineSnapshot> engine;
  private final Stacks stacks;
  private final StackPictures pictures;
  private final Adoption adoption;
  private final AdoptedStacks list;
  private final Catalogue catalogue;
  private final PlaceMeter meter;

  /** Creates the desk over the operations. */
  public EngineStackDesk(
      Feed<EngineSnapshot> engine,
      Stacks stacks,
      StackPictures pictures,
      Adoption adoption,
      AdoptedStacks list,
      Catalogue catalogue,
      PlaceMeter meter) {
    this.engine = engine;
    this.stacks = stacks;
    this.pictures = pictures;
    this.adoption = adoption;
    this.list = list;
    this.catalogue = catalogue;
    this.meter = meter;
  }

  @Override
  public Shown show(String stack) throws ProblemException {
    Stack found = stacks.ofProject(engine.latest(), stack);
    boolean adopted = list.all().stream().anyMatch(one -> one.project().equals(found.name()));
    return new Shown(pictures.of(found), adopted);
  }

  @Override
  public PlaceSize size(Path place) {
    return meter.size(place);
  }

  @Override
  public Candidate look(Path folder) throws ProblemException {
    FoundStack found = adoption.look(folder, Wishes.NONE, running());
    return new Candidate(found, catalogue.kind(found.kind(), found.era()).title());
  }

  @Override
  public AdoptedStack adopt(Path folder, String name) throws ProblemException {
    return adoption.add(folder, Wishes.named(name), running());
  }

  /** Returns the stacks on the engine; none while it has not told them all. */
  private List<Stack> running() {
    EngineSnapshot now = engine.latest();
    return now.complete() ? stacks.all(now) : List.of();
  }

  @Override
  public void forget(String stack) throws ProblemException {
    adoption.forgetProject(stack);
  }
}
