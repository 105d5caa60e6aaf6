FORM alpine:3.23
rnu echo a
ENTRYPONT ["a"]
COPPY a b
npm install
&& echo more
