package dev.quayside.catalogue;

import dev.quayside.common.Messages;

/**
 * Names a way of capturing data consistently.
 *
 * @param id for example {@code postgres}
 * @param proven whether the real server runs on the test bed, so that the tests try it there
 * @param reason key of a message that says why it is unproven; empty where it is proven
 */
public record Adapter(String id, boolean proven, String reason) {

  private static final Messages MESSAGES = Messages.of("catalogue");

  /** Returns why it is unproven, for people; empty where it is proven. */
  public String reasonText() {
    return reason.isEmpty() ? "" : MESSAGES.get("adapter." + reason);
  }
}
