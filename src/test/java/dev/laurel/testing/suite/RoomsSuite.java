package dev.laurel.testing.suite;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of single packages. */
@Suite
@SelectPackages(Halves.ROOT)
@IncludeClassNamePatterns(Halves.TEST)
@ExcludeClassNamePatterns(Halves.OF_THE_WHOLE)
class RoomsSuite {}
