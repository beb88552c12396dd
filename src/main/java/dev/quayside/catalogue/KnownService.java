package dev.quayside.catalogue;

import java.util.List;

/** Says what a service of a kind of stack is. */
public final class KnownService {

  private KnownService() {}

  /**
   * Says what a model needs that the stack starts on demand.
   *
   * @param gpus indexes of the graphics cards it occupies
   * @param memoryShare of each card's memory, between 0 and 1
   * @param weights name of the folder with its weights
   */
  public record OnDemand(List<Integer> gpus, double memoryShare, String weights) {

    /** Makes the list immutable. */
    public OnDemand {
      gpus = List.copyOf(gpus);
    }
  }
}
