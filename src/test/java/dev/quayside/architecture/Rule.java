package dev.quayside.architecture;

import com.tngtech.archunit.lang.ArchRule;

/**
 * One rule of the house.
 *
 * @param name the name of the rule, also of the fixture package that breaks it
 * @param check what has to hold, with the reason
 */
record Rule(String name, ArchRule check) {

  @Override
  public String toString() {
    return name;
  }
}
