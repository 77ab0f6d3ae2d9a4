// Package figure is a value as it was stated (数据): a decimal number, a unit, and how precisely it was given.
package figure
