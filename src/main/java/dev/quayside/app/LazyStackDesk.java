package dev.quayside.app;

import dev.quayside.common.ProblemException;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.ui.stack.StackDesk;
import java.nio.file.Path;

/** Puts off making the operations until one is asked for: making them reads the catalogue. */
final class LazyStackDesk implements StackDesk {

  private final Lazy<StackDesk> desk;

  LazyStackDesk(Lazy<StackDesk> desk) {
    this.desk = desk;
  }

  @Override
  public Shown show(String stack) throws ProblemException {
    return desk.get().show(stack);
  }

  @Override
  public PlaceSize size(Path place) {
    return PlaceSize.of(place);
  }

  @Override
  public Candidate look(Path folder) throws ProblemException {
    return desk.get().look(folder);
  }

  @Override
  public AdoptedStack adopt(Path folder, String name) throws ProblemException {
    return desk.get().adopt(folder, name);
  }

  @Override
  public void forget(String stack) throws ProblemException {
    desk.get().forget(stack);
  }
}
