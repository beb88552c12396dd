package dev.quayside.ui.stack;

import dev.quayside.common.ProblemException;
import dev.quayside.stack.AdoptedStack;
import dev.quayside.stack.adopt.FoundStack;
import dev.quayside.stack.picture.PlaceSize;
import dev.quayside.stack.picture.StackPicture;
import java.nio.file.Path;

/**
 * Offers what the Stack page needs: on the real engine, or scripted for the demo. All methods may
 * block.
 */
public interface StackDesk {

  /**
   * Shows the stack with the Compose project {@code stack}.
   *
   * @throws ProblemException if there is none
   */
  Shown show(String stack) throws ProblemException;

  /** Measures how large {@code place} is. */
  PlaceSize size(Path place) throws ProblemException;

  /**
   * Looks at {@code folder} without adopting it.
   *
   * @throws ProblemException if there is no stack in it
   */
  Candidate look(Path folder) throws ProblemException;

  /**
   * Puts the stack in {@code folder} on the list; nothing in the folder changes.
   *
   * @param name what to call it; empty for its Compose project
   */
  AdoptedStack adopt(Path folder, String name) throws ProblemException;

  /** Takes the stack with that Compose project off the list; it and its containers stay. */
  void forget(String stack) throws ProblemException;

  /**
   * Holds a stack to show.
   *
   * @param picture all that is known of it
   * @param adopted whether it is on the list of adopted stacks
   */
  record Shown(StackPicture picture, boolean adopted) {}

  /**
   * Holds a stack that might be adopted.
   *
   * @param found what the folder turned out to be
   * @param title of its kind, for people
   */
  record Candidate(FoundStack found, String title) {}
}
