package dev.quayside.app;

/** Starts Quayside: the window without arguments, the command line with a verb. */
public final class Main {

  private static final int INTERNAL_ERROR = 70;

  private Main() {}

  /**
   * Ends with the exit status of an internal error until the parts are wired here.
   *
   * @param arguments the words of the command line, without the program's name
   */
  public static void main(String[] arguments) {
    Runtime.getRuntime().exit(INTERNAL_ERROR);
  }
}
