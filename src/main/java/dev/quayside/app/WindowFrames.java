package dev.quayside.app;

import javafx.application.Platform;

/**
 * Runs something after the second pulse from now: then what the first one laid out is on the
 * screen.
 */
final class WindowFrames implements Runnable {

  private final Runnable then;
  private int pulses;

  WindowFrames(Runnable then) {
    this.then = then;
    Platform.requestNextPulse();
  }

  @Override
  public void run() {
    pulses++;
    if (pulses == 1) {
      Platform.requestNextPulse();
    } else if (pulses == 2) {
      then.run();
    }
  }
}
