"""`make lighthouse`: Lighthouse's phone profile on the pages a visitor comes in by, where Node and Chromium are found."""
